using System.Runtime.InteropServices;
using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Flows;

namespace Ipcscope.Filters;

/// <summary>A single operation. One instance can be used for many, one after the other; it remembers the names of processes.</summary>
/// <param name="places">Tells where processes run.</param>
public sealed class OperationSubject(Places places) : IFilterSubject
{
    // Names come from users: a program may rename itself without end.
    private const int MaximumNames = 4096;

    private readonly Dictionary<UInt128, string> _names = [];
    private OperationRecord _record;
    private Channel? _channel;
    private string _peer = "";

    /// <inheritdoc/>
    public uint Pid => _record.Flow.Process.Pid;

    /// <inheritdoc/>
    public uint Tid => _record.Tid;

    /// <inheritdoc/>
    public string Process => Name(_record.Comm);

    /// <inheritdoc/>
    public string Executable => "";

    /// <inheritdoc/>
    public Mechanism Mechanism => _record.Flow.Mechanism;

    /// <inheritdoc/>
    public Operation Operation => _record.Flow.Operation;

    /// <inheritdoc/>
    public Via Via => _record.Flow.Via;

    /// <inheritdoc/>
    public int Detail => Details.Index(_record.Flow.Mechanism, _record.Flow.Operation, _record.Flow.Detail);

    /// <inheritdoc/>
    public string Channel => _channel?.Name ?? "";

    /// <inheritdoc/>
    public string Peer => _peer;

    /// <inheritdoc/>
    public ulong Size => (ulong)Math.Max(_record.Result, 0);

    /// <inheritdoc/>
    public ulong DurationNs => _record.Duration;

    /// <inheritdoc/>
    public ulong WaitNs => WaitReasons.Waited(_record);

    /// <inheritdoc/>
    public int Error => (int)-Math.Min(_record.Result, 0);

    /// <inheritdoc/>
    public ulong Cgroup => _record.Flow.Cgroup;

    /// <inheritdoc/>
    public Place Place => places.Of(_record.Flow.Cgroup, _record.Flow.Process.Pid);

    /// <summary>Looks at an operation from now on.</summary>
    /// <param name="record">The operation; it is copied.</param>
    /// <param name="channel">Its channel; null if nothing is known of it.</param>
    /// <param name="peer">The other side; empty if nothing is known of it.</param>
    /// <returns>This instance.</returns>
    public OperationSubject Of(in OperationRecord record, Channel? channel, string peer)
    {
        _record = record;
        _channel = channel;
        _peer = peer;
        return this;
    }

    private string Name(in Comm comm)
    {
        UInt128 bits = MemoryMarshal.Read<UInt128>(comm);
        if (!_names.TryGetValue(bits, out string? name))
        {
            if (_names.Count >= MaximumNames)
            {
                _names.Clear();
            }
            name = comm.Text();
            _names[bits] = name;
        }
        return name;
    }
}
