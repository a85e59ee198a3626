using System.Text.Json.Nodes;
using Google.Protobuf.Collections;

namespace Ipcscope.ChartTests.Contract;

/// <summary>A pod with one container, made as a kubelet makes it. Disposing removes it.</summary>
internal sealed class Pod : IDisposable
{
    private static readonly string[] Masked = ["/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/sched_debug", "/proc/scsi", "/sys/firmware"];
    private static readonly string[] ReadOnly = ["/proc/asound", "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    private readonly Containerd _containerd;
    private readonly PodSandboxConfig _config;
    private readonly string _sandbox;
    private readonly string _cgroup;

    /// <param name="containerd">Where.</param>
    /// <param name="space">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="hostPid">Whether it sees the node's processes.</param>
    internal Pod(Containerd containerd, string space, string name, bool hostPid = false)
    {
        _containerd = containerd;
        Uid = Guid.NewGuid().ToString();
        _cgroup = $"/kubepods/burstable/pod{Uid}";
        _config = new PodSandboxConfig
        {
            Metadata = new PodSandboxMetadata { Name = name, Namespace = space, Uid = Uid },
            Hostname = name,
            LogDirectory = $"{containerd.Folder}/logs/{name}",
            Linux = new LinuxPodSandboxConfig
            {
                CgroupParent = _cgroup,
                SecurityContext = new SandboxSecurityContext
                {
                    NamespaceOptions = new NamespaceOption { Pid = hostPid ? NamespaceMode.Node : NamespaceMode.Container },
                    Seccomp = new SecurityProfile { ProfileType = SecurityProfile.Types.ProfileType.RuntimeDefault },
                },
            },
        };
        Label(_config.Labels, space, name);
        _sandbox = containerd.Runtime.RunPodSandbox(new RunPodSandboxRequest { Config = _config }).PodSandboxId;
    }

    internal string Uid { get; }

    /// <summary>The id of its container.</summary>
    internal string Container { get; private set; } = "";

    /// <summary>Creates and starts the container.</summary>
    /// <returns>The number of its first process.</returns>
    internal int Start(string name, ContainerConfig container)
    {
        container.Metadata = new ContainerMetadata { Name = name };
        container.LogPath = $"{name}.log";
        Label(container.Labels, _config.Metadata.Namespace, _config.Metadata.Name);
        container.Labels["io.kubernetes.container.name"] = name;
        container.Linux.SecurityContext.NamespaceOptions = _config.Linux.SecurityContext.NamespaceOptions.Clone();
        if (!container.Linux.SecurityContext.Privileged)
        {
            container.Linux.SecurityContext.MaskedPaths.Add(Masked);
            container.Linux.SecurityContext.ReadonlyPaths.Add(ReadOnly);
        }
        Container = _containerd.Runtime.CreateContainer(new CreateContainerRequest { PodSandboxId = _sandbox, Config = container, SandboxConfig = _config }).ContainerId;
        _containerd.Runtime.StartContainer(new ContainerRequest { ContainerId = Container });
        string info = _containerd.Runtime.ContainerStatus(new ContainerStatusRequest { ContainerId = Container, Verbose = true }).Info["info"];
        return JsonNode.Parse(info)!["pid"]!.GetValue<int>();
    }

    /// <summary>What the container has written.</summary>
    internal string Log(string name)
    {
        string path = $"{_config.LogDirectory}/{name}.log";
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    public void Dispose()
    {
        if (Container.Length > 0)
        {
            _containerd.Runtime.StopContainer(new StopContainerRequest { ContainerId = Container, Timeout = 2 });
        }
        _containerd.Runtime.StopPodSandbox(new PodSandboxRequest { PodSandboxId = _sandbox });
        _containerd.Runtime.RemovePodSandbox(new PodSandboxRequest { PodSandboxId = _sandbox });
        // What a kubelet does after its pods: their cgroups, and ours above them.
        foreach (string hierarchy in Directory.GetDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup"))
        {
            foreach (string folder in (string[])[_cgroup, "/kubepods/burstable", "/kubepods"])
            {
                try
                {
                    Directory.Delete(hierarchy + folder);
                }
                catch (IOException)
                {
                    // It is not there, or other pods are in it.
                }
            }
        }
    }

    private static void Label(MapField<string, string> labels, string space, string name)
    {
        labels["io.kubernetes.pod.namespace"] = space;
        labels["io.kubernetes.pod.name"] = name;
    }
}
