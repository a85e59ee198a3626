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
    private static readonly string[] Names =
        [.. Causes.Select(cause => JsonNamingPolicy.SnakeCaseLower.ConvertName(cause.ToString()))];

    private readonly MappedMemory _memory = MappedMemory.Map(map.Fd, (nuint)Environment.SystemPageSize, 0, writable: false);

    /// <summary>Records that found no room in the ring.</summary>
    internal ulong LostRecords => Count(Loss.RingFull);

    /// <summary>Every cause.</summary>
    internal LossCount[] Read() =>
        [.. Causes.Select((cause, i) => new LossCount("kernel", Names[i], Count(cause)))];

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private ulong Count(Loss cause)
    {
        ulong inAgent = cause == Loss.FlowTableFull ? ringMode?.Overflowed ?? 0 : 0;
        return Volatile.Read(ref ((ulong*)_memory.Start)[(int)cause]) + inAgent;
    }
}
