using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ipcscope.ChartTests.Live;
using Ipcscope.ChartTests.Rendering;

namespace Ipcscope.ChartTests.Contract;

/// <summary>The image, with the pod that the chart renders, in a real container runtime: unprivileged, it sees what two other pods do.</summary>
public sealed partial class ContractTests
{
    private const string Work = "while :; do echo hello | cat; sleep 0.1; done";

    [Fact]
    public void TheRenderedPodSeesOtherPods()
    {
        string rendered = Chart.Render("default-values.yaml", "--set", "names.source=none");
        JsonNode pod = Chart.One(rendered, "DaemonSet")["spec"]!["template"]!["spec"]!;
        Assert.True(pod["hostPID"]!.GetValue<bool>());
        using var containerd = new Containerd();
        string settings = $"{containerd.Folder}/settings";
        Directory.CreateDirectory(settings);
        File.WriteAllText($"{settings}/ipcscope.yaml", Chart.Settings(rendered));

        using var agent = new Pod(containerd, "ipcscope", "ipcscope-x2v4q", hostPid: true);
        ContainerConfig container = Translation.Container(pod, settings);
        Assert.False(container.Linux.SecurityContext.Privileged);
        int pid = agent.Start("ipcscope", container);
        Await(() => Page(pid, "/readyz").Output == "ok\n", () => agent.Log("ipcscope"));

        using var web = new Pod(containerd, "shop", "web-7d9f8b6c5-k8s2p");
        using var queue = new Pod(containerd, "shop", "queue-0");
        web.Start("web", Busy());
        queue.Start("worker", Busy());
        string page = "";
        Await(() => Written().Count(page = Page(pid, "/metrics").Output) > 0, () => $"{agent.Log("ipcscope")}\n{page}");
    }

    private static ContainerConfig Busy()
    {
        var made = new ContainerConfig { Image = new ImageSpec { Image = Containerd.Busybox }, Linux = new() { Resources = new(), SecurityContext = new() } };
        made.Command.Add(["/bin/sh", "-c", Work]);
        return made;
    }

    // The network is the pod's own: from within.
    private static Outcome Page(int pid, string path) => Tool.Run(["nsenter", $"--net=/proc/{pid}/ns/net", "curl", "-s", "-m", "5", $"http://127.0.0.1:9464{path}"]);

    private static void Await(Func<bool> done, Func<string> said)
    {
        for (int tries = 0; !done(); tries++)
        {
            Assert.True(tries < 150, said());
            Thread.Sleep(200);
        }
    }

    [GeneratedRegex("""^ipc_operations_total\{.*process="cat".*mechanism="pipe",operation="read".*\} [1-9]""", RegexOptions.Multiline)]
    private static partial Regex Written();
}
