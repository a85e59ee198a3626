using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Edges;

/// <summary>A journal that the test writes. A flow ends with its last line, and is forgotten once that was read.</summary>
internal sealed class FakeJournal : IFlowJournal
{
    private readonly Dictionary<(Process, Channel, Operation), FlowMove> _flows = [];
    private ulong _lastId;

    public bool Closed { get; private set; }

    /// <summary>A process does something to a channel; several calls add up.</summary>
    public void Do(Process process, Channel channel, Operation operation, ulong operations, ulong bytes, Via via = Via.Syscall)
    {
        (Process, Channel, Operation) key = (process, channel, operation);
        if (!_flows.TryGetValue(key, out FlowMove move))
        {
            move = new FlowMove
            {
                Id = ++_lastId,
                Process = process,
                Channel = channel,
                Mechanism = channel.Mechanism,
                Operation = operation,
                Via = via,
                Operations = 0,
                Bytes = 0,
            };
        }
        _flows[key] = move with { Operations = move.Operations + operations, Bytes = move.Bytes + bytes };
    }

    /// <summary>A process ends.</summary>
    public void End(Process process)
    {
        foreach (((Process, Channel, Operation) key, FlowMove move) in _flows.Where(flow => flow.Key.Item1 == process).ToList())
        {
            _flows[key] = move with { IsLast = true };
        }
    }

    public int Copy(ref FlowMove[] buffer)
    {
        buffer = [.. _flows.Values, default];
        int count = _flows.Count;
        foreach (((Process, Channel, Operation) key, FlowMove move) in _flows)
        {
            if (move.IsLast)
            {
                _flows.Remove(key);
            }
        }
        return count;
    }

    public void Dispose() => Closed = true;
}
