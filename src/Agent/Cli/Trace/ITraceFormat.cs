using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>Makes a line of an operation, without allocating.</summary>
internal interface ITraceFormat
{
    /// <summary>No line is longer, in bytes.</summary>
    int MaximumLength { get; }

    /// <summary>Writes one line with its line feed.</summary>
    /// <param name="record">The operation.</param>
    /// <param name="channel">What is known of its channel; null if nothing is.</param>
    /// <param name="peer">The other side; empty if nothing is known of it.</param>
    /// <param name="target">At least <see cref="MaximumLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    int Format(in OperationRecord record, Channel? channel, string peer, Span<byte> target);
}
