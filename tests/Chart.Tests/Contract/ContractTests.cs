using System.Text.Json.Nodes;
using Ipcscope.ChartTests.Rendering;

namespace Ipcscope.ChartTests.Contract;

/// <summary>The image, with the pod that the chart renders, in a real container runtime: unprivileged, it sees what two other pods do.</summary>
public sealed class ContractTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string Work = "while :; do echo hello | cat; sleep 0.1; done";

    [Fact]
    public void TheRenderedPodSeesOtherPods()
    {
        using var containerd = new Containerd();
        string rendered = Chart.Render("default-values.yaml", "--set", $"names.source=cri,names.criSocket={containerd.Socket},config.metrics.labels={{namespace,pod,workload,container,process}}");
        JsonNode pod = Chart.One(rendered, "DaemonSet")["spec"]!["template"]!["spec"]!;
        Assert.True(pod["hostPID"]!.GetValue<bool>());
        string written = $"{containerd.Folder}/written";
        Directory.CreateDirectory($"{written}/config");
        Directory.CreateDirectory($"{written}/token");
        File.WriteAllText($"{written}/config/ipcscope.yaml", Chart.Settings(rendered));
        File.WriteAllText($"{written}/token/token", Token);

        using var agent = new Pod(containerd, "ipcscope", "ipcscope-x2v4q", hostPid: true);
        ContainerConfig container = Translation.Container(pod, written);
        Assert.False(container.Linux.SecurityContext.Privileged);
        int pid = agent.Start("ipcscope", container);
        Await(() => Page(pid, "/readyz").Output.StartsWith("ok", StringComparison.Ordinal), () => agent.Log("ipcscope"));

        using var web = new Pod(containerd, "shop", "web-7d9f8b6c5-k8s2p");
        using var queue = new Pod(containerd, "shop", "queue-0");
        web.Start("web", Busy());
        queue.Start("worker", Busy());
        string page = "";
        Await(
            () => Seen(page = Page(pid, "/metrics").Output, "web-7d9f8b6c5-k8s2p", "web") && Seen(page, "queue-0", "worker"),
            () => $"{agent.Log("ipcscope")}\n{string.Join('\n', page.Split('\n').Where(line => line.StartsWith("ipc_operations_total", StringComparison.Ordinal)))}");
        Assert.Contains("401", Tool.Run(Ask(pid, "/metrics", "-o", "/dev/null", "-w", "%{http_code}")).Output, StringComparison.Ordinal);
    }

    private static bool Seen(string page, string pod, string container) => page.Split('\n').Any(line =>
        line.StartsWith("ipc_operations_total{", StringComparison.Ordinal)
        && ((string[])["namespace=\"shop\"", $"pod=\"{pod}\"", $"container=\"{container}\"", "process=\"cat\"", "mechanism=\"pipe\"", "operation=\"read\""])
            .All(label => line.Contains(label, StringComparison.Ordinal)));

    private static ContainerConfig Busy()
    {
        var made = new ContainerConfig { Image = new ImageSpec { Image = Containerd.Busybox }, Linux = new() { Resources = new(), SecurityContext = new() } };
        made.Command.Add(["/bin/sh", "-c", Work]);
        return made;
    }

    private static Outcome Page(int pid, string path) => Tool.Run(Ask(pid, path, "-H", $"Authorization: Bearer {Token}"));

    // The network is the pod's own: from within.
    private static string[] Ask(int pid, string path, params string[] more) =>
        ["nsenter", $"--net=/proc/{pid}/ns/net", "curl", "-s", "-m", "5", .. more, $"http://127.0.0.1:9464{path}"];

    private static void Await(Func<bool> done, Func<string> said)
    {
        for (int tries = 0; !done(); tries++)
        {
            Assert.True(tries < 300, said());
            Thread.Sleep(200);
        }
    }
}
