using System.Text.Json.Nodes;
using Ipcscope.ChartTests.Rendering;

namespace Ipcscope.ChartTests.Contract;

/// <summary>The images, with the pods that the chart renders, in a real container runtime: unprivileged, the agent sees what two other pods do, and the dashboard finds it by name.</summary>
public sealed class ContractTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string Visitors = "fedcba9876543210fedcba9876543210";
    private const string Work = "while :; do echo hello | cat; sleep 0.1; done";

    [Fact]
    public void TheRenderedPodSeesOtherPods()
    {
        using var containerd = new Containerd();
        string rendered = Chart.Render("default-values.yaml", "--set", $"names.source=cri,names.criSocket={containerd.Socket},config.metrics.labels={{namespace,pod,workload,container,process}},dashboard.enabled=true,dashboard.tokenSecret.name=visitors");
        JsonNode pod = Chart.One(rendered, "DaemonSet")["spec"]!["template"]!["spec"]!;
        Assert.True(pod["hostPID"]!.GetValue<bool>());
        string written = $"{containerd.Folder}/written";
        Put($"{written}/config/ipcscope.yaml", Chart.Settings(rendered));
        Put($"{written}/token/token", Token);

        using var agent = new Pod(containerd, "ipcscope", "ipcscope-x2v4q", hostPid: true);
        ContainerConfig container = Translation.Container(pod, Containerd.Agent, written);
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
        TheDashboardFindsIt(containerd, rendered, pid);
    }

    // What a cluster's name server would say of the headless Service stands in the file of names that a kubelet writes.
    private static void TheDashboardFindsIt(Containerd containerd, string rendered, int agent)
    {
        string address = Tool.Run(["nsenter", $"--net=/proc/{agent}/ns/net", "hostname", "-I"]).AssertWell().Output.Trim().Split(' ')[0];
        JsonObject service = Chart.One(rendered, "Service", service => service["metadata"]!["labels"]!["app.kubernetes.io/component"]!.GetValue<string>() == "agent");
        Assert.Equal("None", service["spec"]!["clusterIP"]!.GetValue<string>());
        string written = $"{containerd.Folder}/written-dashboard";
        Put($"{written}/agents/token", Token);
        Put($"{written}/token/token", Visitors);
        Put($"{written}/hosts", $"127.0.0.1 localhost\n{address} {service["metadata"]!["name"]}.{service["metadata"]!["namespace"]}.svc\n");
        ContainerConfig container = Translation.Container(Chart.One(rendered, "Deployment")["spec"]!["template"]!["spec"]!, Containerd.Dashboard, written);
        container.Mounts.Add(new Mount { ContainerPath = "/etc/hosts", HostPath = $"{written}/hosts", Readonly = true });
        using var dashboard = new Pod(containerd, "ipcscope", "ipcscope-dashboard-5d4f8-x7p2w");
        int pid = dashboard.Start("dashboard", container);
        string answer = "";
        Await(
            () => (answer = Tool.Run(
                ["nsenter", $"--net=/proc/{pid}/ns/net", "curl", "-s", "-m", "5", "-H", $"Authorization: Bearer {Visitors}", "http://127.0.0.1:8080/api/v1/agents"]).Output)
                .Contains("\"state\":\"live\"", StringComparison.Ordinal),
            () => $"{answer}\n{dashboard.Log("dashboard")}");
        Assert.Contains($"\"address\":\"{address}:9465\"", answer, StringComparison.Ordinal);
    }

    private static void Put(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
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
