using System.Text.Json.Nodes;

namespace Ipcscope.ChartTests.Contract;

/// <summary>From a rendered pod to what a kubelet asks the container runtime for.</summary>
internal static class Translation
{
    /// <summary>The container of a rendered DaemonSet or Deployment.</summary>
    /// <param name="pod">The pod's spec.</param>
    /// <param name="image">The image that its name stands for.</param>
    /// <param name="written">Where what the kubelet would write lies, by the volume's name: the ConfigMap, Secrets.</param>
    internal static ContainerConfig Container(JsonNode pod, string image, string written)
    {
        JsonNode container = pod["containers"]![0]!;
        JsonNode security = container["securityContext"]!;
        // AppArmor is left out: this machine has none, and "unset" is what a kubelet says then.
        var made = new ContainerConfig
        {
            Image = new ImageSpec { Image = image },
            Linux = new LinuxContainerConfig
            {
                // 512Mi
                Resources = new LinuxContainerResources { MemoryLimitInBytes = long.Parse(container["resources"]!["limits"]!["memory"]!.GetValue<string>()[..^2]) << 20 },
                SecurityContext = new ContainerSecurityContext
                {
                    Privileged = security["privileged"]?.GetValue<bool>() ?? false,
                    RunAsUser = new Int64Value { Value = Either(security, pod, "runAsUser").GetValue<long>() },
                    ReadonlyRootfs = security["readOnlyRootFilesystem"]!.GetValue<bool>(),
                    NoNewPrivs = !security["allowPrivilegeEscalation"]!.GetValue<bool>(),
                    Capabilities = new Capability(),
                    Seccomp = new SecurityProfile { ProfileType = Enum.Parse<SecurityProfile.Types.ProfileType>(Either(security, pod, "seccompProfile")["type"]!.GetValue<string>()) },
                },
            },
        };
        made.Args.Add(Texts(container["args"]));
        made.Linux.SecurityContext.Capabilities.AddCapabilities.Add(Texts(security["capabilities"]!["add"]));
        made.Linux.SecurityContext.Capabilities.DropCapabilities.Add(Texts(security["capabilities"]!["drop"]));
        made.Envs.Add(container["env"]!.AsArray().Select(variable => new KeyValue
        {
            Key = variable!["name"]!.GetValue<string>(),
            Value = variable["value"]?.GetValue<string>() ?? Environment.MachineName,
        }));
        Dictionary<string, string> volumes = pod["volumes"]!.AsArray().ToDictionary(
            volume => volume!["name"]!.GetValue<string>(), volume => volume!["hostPath"]?["path"]!.GetValue<string>() ?? $"{written}/{volume["name"]}");
        made.Mounts.Add(container["volumeMounts"]!.AsArray().Select(mount => new Mount
        {
            ContainerPath = mount!["mountPath"]!.GetValue<string>(),
            HostPath = volumes[mount["name"]!.GetValue<string>()],
            Readonly = mount["readOnly"]?.GetValue<bool>() ?? false,
        }));
        return made;
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(text => text!.GetValue<string>()) ?? [];

    // The container's own word, else the pod's.
    private static JsonNode Either(JsonNode security, JsonNode pod, string name) => security[name] ?? pod["securityContext"]![name]!;
}
