using System.Globalization;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>Writes the identity labels of a process as they stand on the page: <c>process="sh",pid="77"</c>, escaped, without braces.</summary>
/// <param name="labels">Which ones.</param>
/// <param name="prefix">What their names begin with.</param>
internal sealed class IdentityLabels(IReadOnlyList<MetricLabel> labels, string prefix = "")
{
    private const string OtherValue = "other";
    private readonly MetricLabel[] _labels = [.. labels.Distinct()];

    /// <summary>The labels of all that is folded: every one is <c>other</c>.</summary>
    public string Other => Join(static _ => OtherValue);

    /// <summary>The labels of one process; empty if none are configured.</summary>
    public string Of(Process process) => Join(label => label switch
    {
        MetricLabel.Process => process.Name,
        MetricLabel.Pid => process.Key.Pid.ToString(CultureInfo.InvariantCulture),
        MetricLabel.Executable => process.Executable,
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
