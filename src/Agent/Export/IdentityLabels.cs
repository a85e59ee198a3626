using System.Globalization;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Enrich;
using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>Writes the identity labels of a process as they stand on the page: <c>process="sh",pid="77"</c>, escaped, without braces.</summary>
/// <param name="labels">Which ones.</param>
/// <param name="prefix">What their names begin with.</param>
/// <param name="places">Tells where processes run; null: by ids only.</param>
internal sealed class IdentityLabels(IReadOnlyList<MetricLabel> labels, string prefix = "", Places? places = null)
{
    private const string OtherValue = "other";
    private readonly MetricLabel[] _labels = [.. labels.Distinct()];
    private readonly Places _places = places ?? Places.OfIds;

    /// <summary>Differs when the labels of a process may be others than before.</summary>
    public int Version => _places.Version;

    /// <summary>The labels of all that is folded: every one is <c>other</c>.</summary>
    public string Other => Join(static _ => OtherValue);

    /// <summary>The labels of one process; empty if none are configured.</summary>
    public string Of(Process process) => Join(label => label switch
    {
        MetricLabel.Process => process.Name,
        MetricLabel.Pid => process.Key.Pid.ToString(CultureInfo.InvariantCulture),
        MetricLabel.Executable => process.Executable,
        MetricLabel.Container => _places.Of(process).Container,
        MetricLabel.Pod => _places.Of(process).Pod,
        MetricLabel.Namespace => _places.Of(process).Namespace,
        MetricLabel.Workload => _places.Of(process).Workload,
        MetricLabel.Cgroup => _places.Of(process).Cgroup,
        MetricLabel.Node => _places.Node,
        _ => throw new ArgumentOutOfRangeException(nameof(label), label, "no such identity label"),
    });

    /// <summary>The labels of one end of an edge. Addresses elsewhere would be too many: they are one. Who is not known has empty ones.</summary>
    public string Of(Party party) => party.Kind switch
    {
        PartyKind.Process or PartyKind.Kernel => Of(party.Process),
        PartyKind.Other => Other,
        PartyKind.Remote => Join(static label => label == MetricLabel.Process ? "remote" : ""),
        _ => Join(static _ => ""),
    };

    private string Join(Func<MetricLabel, string> value) =>
        string.Join(',', _labels.Select(label => $"{prefix}{label.ToString().ToLowerInvariant()}=\"{Escape(value(label))}\""));

    /// <summary>
    /// A value as it stands between quotes: a line feed, a quote and a backslash are escaped. For anything else that commands a terminal the format has
    /// no escape, and pages are read with curl, too. Two names that differ only in what is replaced are one identity, or its lines would be there twice.
    /// </summary>
    internal static string Escape(string value) => string.Join("\\n", value.Split('\n').Select(static line => Unprintable.Replace(line)
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)));
}
