using Ipcscope.Config;
using Ipcscope.Enrich;
using Ipcscope.Wire;

namespace Ipcscope.Export.Otlp;

/// <summary>The attributes of a resource by OpenTelemetry's conventions, of the identity labels that are configured: what is folded is <c>other</c> here, too.</summary>
/// <param name="labels">The identity labels.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class OtlpResources(IReadOnlyList<MetricLabel> labels, Places places)
{
    /// <summary>Which conventions.</summary>
    public const string Schema = "https://opentelemetry.io/schemas/1.37.0";

    private const string Other = "other";

    /// <summary>Writes those of an identity.</summary>
    public void Write(ProtoWriter writer, Identity identity)
    {
        Attribute(writer, "service.name", "ipcscope");
        Attribute(writer, "host.name", Environment.MachineName);
        Place place = identity.Member is { } member ? places.Of(member) : Place.Host;
        foreach (MetricLabel label in labels.Distinct())
        {
            Write(writer, label, identity.Member, place);
        }
        // Ids go without saying where all of an identity are in one container or pod.
        if (identity.IsOfOneContainer && place.ContainerId.Length > 0)
        {
            Attribute(writer, "container.id", place.ContainerId);
        }
        if (identity.IsOfOneContainer && place.PodUid.Length > 0)
        {
            Attribute(writer, "k8s.pod.uid", place.PodUid);
        }
    }

    /// <summary>A text as an attribute: field 1 of a resource.</summary>
    public static void Attribute(ProtoWriter writer, string key, string value, int field = 1)
    {
        int attribute = writer.Begin(field);
        writer.Text(1, key);
        int any = writer.Begin(2);
        writer.Text(1, value);
        writer.End(any);
        writer.End(attribute);
    }

    private void Write(ProtoWriter writer, MetricLabel label, Flows.Process? process, Place place)
    {
        if (label == MetricLabel.Pid && process is not null)
        {
            int attribute = writer.Begin(1);
            writer.Text(1, "process.pid");
            int any = writer.Begin(2);
            writer.Number(3, process.Key.Pid);
            writer.End(any);
            writer.End(attribute);
            return;
        }
        (string key, string value) = label switch
        {
            MetricLabel.Process => ("process.executable.name", process?.Name ?? Other),
            MetricLabel.Pid => ("process.pid", Other),
            MetricLabel.Executable => ("process.executable.path", process?.Executable ?? Other),
            MetricLabel.Container => (place.PodUid.Length > 0 ? "k8s.container.name" : "container.name", process is null ? Other : place.Container),
            MetricLabel.Pod => ("k8s.pod.name", process is null ? Other : place.Pod),
            MetricLabel.Namespace => ("k8s.namespace.name", process is null ? Other : place.Namespace),
            MetricLabel.Workload => ("k8s.workload.name", process is null ? Other : place.Workload),
            MetricLabel.Node => ("k8s.node.name", places.Node),
            _ => ("process.linux.cgroup", process is null ? Other : place.Cgroup),
        };
        if (value.Length > 0)
        {
            Attribute(writer, key, value);
        }
    }
}
