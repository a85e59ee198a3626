using Ipcscope.Names;

namespace Ipcscope.Tests.Names;

public sealed class WorkloadsTests
{
    private static Dictionary<string, string> Labels(string labels) =>
        labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(label => label.Split('=')).ToDictionary(parts => parts[0], parts => parts[1]);

    [Theory]
    [InlineData("ReplicaSet", "web-5d9c", "pod-template-hash=5d9c", "web")]
    [InlineData("ReplicaSet", "lonely", "", "lonely")]
    [InlineData("StatefulSet", "db", "controller-revision-hash=db-1", "db")]
    [InlineData("DaemonSet", "agent", "", "agent")]
    [InlineData("Job", "backup-29012345", "", "backup")]
    [InlineData("Job", "import-7", "", "import-7")]
    [InlineData("Node", "node-1", "", "")]
    [InlineData("", "", "", "")]
    public void The_owner_says_what_a_pod_belongs_to(string kind, string owner, string labels, string workload) =>
        Assert.Equal(workload, Workloads.OfOwner(kind, owner, Labels(labels)));

    [Theory]
    [InlineData("web-front-5d9c-x7k2p", "pod-template-hash=5d9c", "web-front")]
    [InlineData("db-0", "controller-revision-hash=db-77,statefulset.kubernetes.io/pod-name=db-0", "db")]
    [InlineData("agent-x7k2p", "controller-revision-hash=8f,pod-template-generation=1", "agent")]
    [InlineData("backup-29012345-x7k2p", "job-name=backup-29012345", "backup")]
    [InlineData("bare", "", "")]
    public void Without_an_owner_its_name_and_labels_do(string pod, string labels, string workload) => Assert.Equal(workload, Workloads.Guess(pod, Labels(labels)));
}
