using System.Globalization;

namespace Ipcscope.Dashboard.History;

/// <summary>The queries for the agents' metrics (docs/metrics.md): fixed texts, into which values go only as quoted strings.</summary>
internal static class PromQl
{
    private const int ShortestWindow = 60;

    /// <summary>The query for a measure.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="process">The process's name; empty: all.</param>
    /// <param name="pid">Its number. Where metrics have no such label it matches, too.</param>
    /// <param name="node">Its machine; likewise.</param>
    public static string Of(Question question, string process, int pid, string node)
    {
        List<string> matchers = [];
        if (question.Metric == Metric.Wait)
        {
            matchers.Add("reason!=\"empty\"");
        }
        if (question.Mechanism.Length > 0)
        {
            matchers.Add($"mechanism={Quote(question.Mechanism)}");
        }
        if (process.Length > 0)
        {
            matchers.Add($"process={Quote(process)}");
            matchers.Add($"pid=~{Quote(pid.ToString(CultureInfo.InvariantCulture) + "|")}");
            matchers.Add($"node=~{Quote(Pattern(node) + "|")}");
        }
        string selector = matchers.Count == 0 ? "" : $"{{{string.Join(",", matchers)}}}";
        string window = $"[{Math.Max(ShortestWindow, (int)(4 * question.Step.TotalSeconds))}s]";
        return question.Metric switch
        {
            Metric.Operations => $"sum by (mechanism) (rate(ipc_operations_total{selector}{window}))",
            Metric.Bytes => $"sum by (mechanism) (rate(ipc_bytes_total{selector}{window}))",
            Metric.Wait => $"sum by (mechanism) (rate(ipc_wait_seconds_total{selector}{window}))",
            _ => $"histogram_quantile(0.99, sum by (mechanism, le) (rate(ipc_operation_duration_seconds_bucket{selector}{window})))",
        };
    }

    private static string Quote(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    // Of a node's name only the dot means something in a pattern.
    private static string Pattern(string name) => name.Replace(".", "\\.", StringComparison.Ordinal);
}
