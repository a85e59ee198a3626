using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.KernelTests.Programs;

/// <summary>Adds up single operations by flow.</summary>
internal sealed class Journal
{
    private readonly Lock _gate = new();
    private readonly Dictionary<FlowKey, (string Name, Tally Tally)> _flows = [];

    internal void Add(in OperationRecord record)
    {
        lock (_gate)
        {
            if (!_flows.TryGetValue(record.Flow, out (string, Tally Tally) flow))
            {
                _flows.Add(record.Flow, flow = (record.Comm.Text(), new Tally()));
            }
            if (record.Flags.HasFlag(OperationMarks.Interrupted))
            {
                flow.Tally.Fail(Tally.Interrupted);
            }
            else if (record.Result < 0)
            {
                flow.Tally.Fail(Errno.Name((int)-record.Result));
            }
            else
            {
                flow.Tally.Succeed(MovesBytes(record.Flow.Operation) ? (ulong)record.Result : 0);
            }
        }
    }

    /// <summary>What processes did that were started since a moment.</summary>
    internal Entry[] Read(ulong since)
    {
        lock (_gate)
        {
            return
            [
                .. _flows.Where(flow => flow.Key.Process.StartTime >= since).Select(flow => new Entry(
                    flow.Key.Process.Pid, flow.Value.Name, flow.Key.Mechanism, ChannelOf(flow.Key), flow.Key.Operation,
                    flow.Value.Tally)),
            ];
        }
    }

    // The results of the others are ids, descriptors and sizes.
    private static bool MovesBytes(Operation operation) =>
        operation is Operation.Read or Operation.Write or Operation.Send or Operation.Receive or Operation.Sync;

    // Of a signal: its number.
    private static ulong ChannelOf(in FlowKey flow) => flow.Mechanism == Mechanism.Signal ? flow.Channel.Device : flow.Channel.Inode;
}
