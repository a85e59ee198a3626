using System.Globalization;
using System.Text;
using Ipcscope.Config;
using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>Writes the identity labels of a process as they stand on the page: <c>process="sh",pid="77"</c>, escaped, without braces.</summary>
internal sealed class IdentityLabels(IReadOnlyList<MetricLabel> labels)
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

    private string Join(Func<MetricLabel, string> value) =>
        string.Join(',', _labels.Select(label => $"{label.ToString().ToLowerInvariant()}=\"{Escape(value(label))}\""));

    // Through bytes and back: two names that differ only in what UTF-8 cannot say must be one identity, or its lines would be there twice.
    internal static string Escape(string value) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value))
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}
