using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Capture;

/// <summary>Hands each record of the ring to whom it concerns. One thread at a time.</summary>
internal sealed class EventPump : IDisposable
{
    private readonly RingReader _ring;
    private readonly FlowTable _table;
    private readonly UserSlots? _counting;
    private readonly OperationHandler? _onOperation;
    private readonly RecordHandler _handler;
    private ulong _unreadable;

    /// <param name="ring">Where records come from.</param>
    /// <param name="table">Learns of flows and processes.</param>
    /// <param name="counting">Counts single operations in ring mode, else null.</param>
    /// <param name="onOperation">Takes single operations; null: nobody does.</param>
    internal EventPump(RingReader ring, FlowTable table, UserSlots? counting, OperationHandler? onOperation)
    {
        _ring = ring;
        _table = table;
        _counting = counting;
        _onOperation = onOperation;
        _handler = Handle;
    }

    /// <summary>Records handled since the start.</summary>
    internal long Records => _ring.Records;

    /// <summary>Those of operations.</summary>
    internal ulong Operations { get; private set; }

    /// <summary>Records that are none, see <see cref="RingRecord"/>, and what of the ring had to be passed over.</summary>
    internal ulong Unreadable => _unreadable + _ring.Damages;

    /// <summary>Handles all records that are complete now.</summary>
    internal void Drain()
    {
        if (_counting is null)
        {
            _ring.Drain(_handler);
            return;
        }
        lock (_table.Gate)
        {
            _ring.Drain(_handler);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ring.Dispose();

    private void Handle(ReadOnlySpan<byte> record)
    {
        if (!RingRecord.IsReadable(record))
        {
            _unreadable++;
            return;
        }
        switch (MemoryMarshal.Read<RecordKind>(record))
        {
            case RecordKind.Flow:
                ref readonly FlowRecord flow = ref As<FlowRecord>(record);
                _unreadable += _table.Add(flow.Slot, flow.Id) ? 0UL : 1;
                break;
            case RecordKind.Operation:
                OnOperation(As<OperationRecord>(record));
                break;
            case RecordKind.Exec:
                ref readonly ProcessRecord exec = ref As<ProcessRecord>(record);
                _table.ProcessEnded(exec.Process.Pid, exec.Time, exec.Process.ExecId);
                break;
            case RecordKind.Exit:
                ref readonly ProcessRecord exit = ref As<ProcessRecord>(record);
                _table.ProcessEnded(exit.Process.Pid, exit.Time);
                break;
            case RecordKind.Fork: // children become known with their first flow
                break;
        }
    }

    private unsafe void OnOperation(in OperationRecord record)
    {
        Operations++;
        if (_counting?.Book(record) is { } slot)
        {
            _table.Add(slot, _counting.Slots[slot].Id);
        }
        _onOperation?.Invoke(record);
    }

    // RingRecord has looked at its size; the kernel aligns records to 8 bytes.
    private static ref readonly T As<T>(ReadOnlySpan<byte> record)
        where T : unmanaged => ref MemoryMarshal.AsRef<T>(record);
}
