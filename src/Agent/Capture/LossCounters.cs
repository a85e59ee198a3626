using System.Runtime.InteropServices;
using System.Text.Json;
using Ipcscope.Bpf;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Capture;

/// <summary>What the kernel programs could not deliver or count, by cause, read through a mapping.</summary>
internal sealed unsafe class LossCounters(BpfMap map, UserSlots? ringMode) : IDisposable
{
    private static readonly Loss[] Causes = Enum.GetValues<Loss>();
    private static readonly LossCause[] Names =
        [.. Causes.Select(cause => LossCause.Named(JsonNamingPolicy.SnakeCaseLower.ConvertName(cause.ToString())))];

    private readonly MappedMemory _memory = MappedMemory.Map(map.Fd, (nuint)Environment.SystemPageSize, 0, writable: false);

    /// <summary>Records of flows and processes that found no room in the ring: something must be looked for.</summary>
    internal ulong Unannounced => Count(Loss.RingFullFlow) + Count(Loss.RingFullProcess);

    /// <summary>Records of operations that found no room in the ring.</summary>
    internal ulong LostOperations => Count(Loss.RingFull);

    /// <summary>Operations that found no slot of their own.</summary>
    internal ulong Overflowed => Count(Loss.FlowTableFull);

    /// <summary>Every cause.</summary>
    internal LossCount[] Read() =>
        [.. Causes.Select((cause, i) => Names[i].Of(Count(cause)))];

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private ulong Count(Loss cause)
    {
        ulong inAgent = cause == Loss.FlowTableFull ? ringMode?.Overflowed ?? 0 : 0;
        return Volatile.Read(ref ((ulong*)_memory.Start)[(int)cause]) + inAgent;
    }
}
