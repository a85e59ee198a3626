using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Flows;
using Ipcscope.Tests.Export.Otlp;
using Samples = Ipcscope.Tests.Export.Samples;

namespace Ipcscope.Tests.Hostile;

/// <summary>The official definitions read each name exactly as the agent has it: what receivers show, they escape.</summary>
public sealed class OtlpTests
{
    private const int Processes = 30;
    private const int Cases = 40; // each starts protoc

    [Fact]
    public void Of_processes_and_pods() => Property.Holds(
        static random =>
        {
            var pods = new PodTable(TimeProvider.System);
            MetricLabel[] labels = [MetricLabel.Process, MetricLabel.Pid, MetricLabel.Executable, MetricLabel.Pod, MetricLabel.Namespace, MetricLabel.Workload];
            var places = new Places(pods, "node-1");
            List<string> expected = [];
            var samples = new SeriesSample[Processes];
            for (uint i = 0; i < Processes; i++)
            {
                string uid = $"1b2c3d4e-0000-1111-2222-{i:d12}", pod = HostileText.Text(random), space = HostileText.Text(random), workload = HostileText.Text(random);
                var process = new Process(new ProcessKey(i + 1, i + 1, 0), HostileText.Text(random, Comm.Length), 0)
                {
                    Executable = HostileText.Text(random, 4096),
                    Where = new Cgroup($"/kubepods/pod{uid}/{new string('a', 64)}"),
                };
                pods.Set(new Pod(uid, pod, space, workload, new Dictionary<string, string>()));
                samples[i] = Samples.Series(process, 1);
                expected.Add(string.Join('\0', Told("process.executable.name", process.Name), Told("process.executable.path", process.Executable),
                    Told("k8s.pod.name", pod), Told("k8s.namespace.name", space), Told("k8s.workload.name", workload)));
            }
            Assert.Equal(expected.Order(StringComparer.Ordinal), OtlpEncoderTests.Encode(labels, Processes, places, samples)
                .SelectMany(request => ProtoText.Decode(request.Message).All("resource_metrics"))
                .Select(each => string.Join('\0', Names(each.One("resource")))).Order(StringComparer.Ordinal));
        },
        Cases);

    // A name of no characters is no name.
    private static string Told(string key, string value) => value.Length > 0 ? $"{key}={value}" : "";

    private static IEnumerable<string> Names(ProtoText resource)
    {
        string[] attributes = [.. resource.Attributes];
        return ((string[])["process.executable.name", "process.executable.path", "k8s.pod.name", "k8s.namespace.name", "k8s.workload.name"])
            .Select(key => attributes.SingleOrDefault(attribute => attribute.StartsWith($"{key}=", StringComparison.Ordinal)) ?? "");
    }
}
