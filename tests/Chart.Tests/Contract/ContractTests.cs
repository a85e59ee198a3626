using System.Text.Json.Nodes;
using Ipcscope.ChartTests.Rendering;

namespace Ipcscope.ChartTests.Contract;

/// <summary>The images, with the pods that the chart renders, in a real container runtime: unprivileged, the agent sees what two other pods do, and the dashboard finds it by name.</summary>
public sealed class ContractTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string Visitors = "fedcba9876543210fedcba9876543210";
    private const string WebPod = "web-7d9f8b6c5-k8s2p";
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

        using var web = new Pod(containerd, "shop", WebPod);
        using var queue = new Pod(containerd, "shop", "queue-0");
        web.Start("web", Busy());
        queue.Start("worker", Busy());
        string page = "";
        Await(
            () => Seen(page = Page(pid, "/metrics").Output, WebPod, "web") && Seen(page, "queue-0", "worker"),
            () => $"{agent.Log("ipcscope")}\n{string.Join('\n', page.Split('\n').Where(line => line.StartsWith("ipc_operations_total", StringComparison.Ordinal)))}");
        CommandsKnowNames(containerd, agent);
        Assert.Contains("401", Tool.Run(Ask(pid, "/metrics", "-o", "/dev/null", "-w", "%{http_code}")).Output, StringComparison.Ordinal);
        TheDashboardFindsIt(containerd, rendered, pid);
        NamesComeFromTheApiServer(containerd, web, queue);
    }

    // What kubectl exec runs.
    private static void CommandsKnowNames(Containerd containerd, Pod agent)
    {
        const string place = "\"container\":\"worker\",\"pod\":\"queue-0\",\"namespace\":\"shop\"";
        foreach (string command in (string[])["ls processes", "ls channels", "top --by processes --batch --count 1", "graph -g pod -d 1s"])
        {
            string[] words = [.. command.Split(' '), "-o", "json", "--pod", "queue-0", "--config", "/etc/ipcscope/ipcscope.yaml"];
            string output = Exec(containerd, agent, words).AssertWell().Output;
            Assert.Contains(command.StartsWith("graph", StringComparison.Ordinal) ? "shop/queue-0" : place, output, StringComparison.Ordinal);
        }
    }

    // The chart's default. The token is renewed, a watch breaks off and goes on at its bookmark, and the server forgets (410).
    private static void NamesComeFromTheApiServer(Containerd containerd, Pod web, Pod queue)
    {
        string written = $"{containerd.Folder}/written-api";
        using var server = new ApiServer($"{containerd.Folder}/api-server");
        string rendered = Chart.Render("default-values.yaml", "--set", "config.metrics.labels={namespace,pod,workload,container,process}");
        Put($"{written}/config/ipcscope.yaml", Chart.Settings(rendered));
        Put($"{written}/token/token", Token);
        Put($"{server.ServiceAccount}/token", "old");
        JsonObject webPod = ApiServer.Pod(web, WebPod, "web", "151"), queuePod = ApiServer.Pod(queue, "queue-0", "worker", "299");
        JsonNode?[] bookmark = [new JsonObject { ["type"] = "BOOKMARK", ["object"] = new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = "150" } } }, null];
        JsonObject added = new() { ["type"] = "ADDED", ["object"] = webPod.DeepClone() };
        JsonObject gone = new() { ["type"] = "ERROR", ["object"] = new JsonObject { ["kind"] = "Status", ["code"] = 410, ["message"] = "too old resource version" } };
        server.Says("new", "100", [], new() { ["100"] = bookmark, ["150"] = [added] });

        using var agent = new Pod(containerd, "ipcscope", "ipcscope-b7k2m", hostPid: true);
        ContainerConfig container = Translation.Container(Chart.One(rendered, "DaemonSet")["spec"]!["template"]!["spec"]!, Containerd.Agent, written);
        container.Envs.Add(server.Variables);
        container.Mounts.Add(new Mount { ContainerPath = "/var/run/secrets/kubernetes.io/serviceaccount", HostPath = server.ServiceAccount, Readonly = true });
        int pid = agent.Start("ipcscope", container);
        string page = "";
        string said() => $"{agent.Log("ipcscope")}\n{string.Join('\n', server.Asked)}\n{string.Join('\n', page.Split('\n').Where(line => line.StartsWith("ipc_operations_total", StringComparison.Ordinal)))}";
        Await(() => server.Asked.Any(line => line.StartsWith("401", StringComparison.Ordinal)), said);
        Put($"{server.ServiceAccount}/token", "new");
        Await(() => Seen(page = Page(pid, "/metrics").Output, WebPod, "web") && page.Contains("workload=\"web\"", StringComparison.Ordinal), said);
        Assert.DoesNotContain("pod=\"queue-0\"", page, StringComparison.Ordinal);
        server.Says("new", "300", [webPod, queuePod], new() { ["100"] = bookmark, ["150"] = [added, gone, null], ["300"] = [] });
        Await(() => Seen(page = Page(pid, "/metrics").Output, "queue-0", "worker") && Seen(page, WebPod, "web"), said);
        const string mine = "/api/v1/pods?fieldSelector=spec.nodeName%3D";
        Assert.All(server.Asked, line => Assert.Contains($"{mine}{Environment.MachineName}&", line, StringComparison.Ordinal));
        Assert.Equal(
            ["list", "100", "150", "list", "300"],
            server.Asked.Where(line => line.StartsWith("200", StringComparison.Ordinal)).Select(line => line.Contains("watch=1", StringComparison.Ordinal) ? line.Split("resourceVersion=")[1] : "list"));
    }

    private static Outcome Exec(Containerd containerd, Pod pod, string[] words) => Tool.Run(
        ["ctr", "--address", containerd.Socket, "--namespace", "k8s.io", "tasks", "exec", "--exec-id", $"look-{Guid.NewGuid():N}", pod.Container, "/usr/bin/ipcscope", .. words]);

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
