using Ipcscope.Decode;

namespace Ipcscope.Bpf;

/// <summary>A libbpf or kernel call that failed.</summary>
/// <param name="operation">What was tried, in words: <c>load programs</c>.</param>
/// <param name="errno">The positive error number.</param>
/// <param name="log">What libbpf and the verifier said; may be empty.</param>
public sealed class BpfException(string operation, int errno, string log)
    : Exception($"cannot {operation}: {Errno.Name(errno)}")
{
    /// <summary>The positive error number.</summary>
    public int Number { get; } = errno;

    /// <summary>What libbpf and the verifier said; may be empty.</summary>
    public string Log { get; } = log;
}
