using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>Names the other side of single operations: what the operation itself tells goes before what is known of its channel.</summary>
/// <param name="known">Processes that have ended, but used a channel before.</param>
/// <param name="time">Clock.</param>
internal sealed class PeerNames(ChannelIndex known, TimeProvider time)
{
    private const int MaximumNames = 4096;

    /// <summary>A process may take another name, and a number another process.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Dictionary<uint, (string Text, long ReadAt)> _names = [];

    /// <summary><c>redis[981]</c>, <c>kernel</c>, an address or a bound name; empty if nothing is known.</summary>
    public string Of(in OperationRecord record, Channel? channel)
    {
        FlowKey flow = record.Flow;
        if (flow is { Mechanism: Mechanism.Signal, Operation: Operation.Receive })
        {
            // The channel knows who receives, and that is the process itself.
            return record.Peer != 0 ? Process(record.Peer) : flow.Via == Via.Kernel ? "kernel" : "";
        }
        bool named = channel is { Peer.Length: > 0, Mechanism: Mechanism.Signal or Mechanism.ProcessVm };
        return record.Peer != 0 && !named ? Process(record.Peer) : channel?.Peer ?? "";
    }

    private string Process(uint pid)
    {
        long now = time.GetTimestamp();
        if (_names.TryGetValue(pid, out (string Text, long ReadAt) entry) && time.GetElapsedTime(entry.ReadAt, now) < Freshness)
        {
            return entry.Text;
        }
        if (_names.Count >= MaximumNames)
        {
            _names.Clear();
        }
        string text = $"{Read(pid) ?? known.ProcessName(pid)}[{pid}]";
        _names[pid] = (text, now);
        return text;
    }

    private static string? Read(uint pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/comm").TrimEnd('\n');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
