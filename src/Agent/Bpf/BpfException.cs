using Ipcscope.Decode;

namespace Ipcscope.Bpf;

/// <summary>A libbpf or kernel call that failed.</summary>
/// <param name="operation">What was tried, in words: <c>load programs</c>.</param>
/// <param name="errno">The positive error number.</param>
/// <param name="log">What libbpf and the verifier said; may be empty.</param>
/// <param name="program">The program that was refused; empty: it was not about one.</param>
public sealed class BpfException(string operation, int errno, string log, string program = "")
    : Exception($"cannot {operation}: {Errno.Name(errno)}")
{
    /// <summary>The positive error number.</summary>
    public int Number { get; } = errno;

    /// <summary>What libbpf and the verifier said; may be empty.</summary>
    public string Log { get; } = log;

    /// <summary>The program that was refused; empty: it was not about one.</summary>
    public string Program { get; } = program;

    /// <summary>The verifier's last words: why it refused. Empty if it said nothing.</summary>
    public string Verdict()
    {
        string[] lines = Log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int end = Array.FindLastIndex(lines, static line => line.StartsWith("processed ", StringComparison.Ordinal)); // how much it looked at
        return end > 0 ? lines[end - 1].Trim() : "";
    }

    /// <summary>The message, and why: in one line.</summary>
    public string Describe()
    {
        string reason = Verdict() is { Length: > 0 } verdict ? $"the verifier: {verdict}" : Reason();
        return reason.Length > 0 ? $"{Message}: {reason}" : Message;
    }

    // What failed first; else the first line that is no heading of a log.
    private string Reason()
    {
        string[] lines = [.. Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => !line.Contains("BEGIN PROG", StringComparison.Ordinal))];
        return (lines.FirstOrDefault(static line => line.Contains("': failed to ", StringComparison.Ordinal)) ?? lines.FirstOrDefault() ?? "").Trim();
    }
}
