using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ipcscope.Bpf;

/// <summary>
/// Asks maps through a program instead of bpf(2), during which the kernel skips the programs of events (bpf/map_requests.bpf.c).
/// Any thread may ask.
/// </summary>
internal sealed unsafe class MapRequests : IDisposable
{
    /// <summary>The program's name in C.</summary>
    internal const string Program = "ipcscope_map_request";

    // enum requested_map
    private static readonly string[] Maps = ["flows", "channels", "flow_errors", "queue_index", "watched", "cgroups", "free_slots", "free_queues"];

    private readonly Lock _gate = new();
    private readonly int _program;
    private readonly MappedMemory _memory;

    /// <param name="program">Descriptor of the program.</param>
    /// <param name="request">The map of the variable that it reads.</param>
    internal MapRequests(int program, BpfMap request)
    {
        _program = program;
        _memory = MappedMemory.Map(request.Fd, (nuint)Environment.SystemPageSize, 0, writable: true);
    }

    private enum Kind : uint
    {
        LookUp,
        Update,
        Delete,
    }

    /// <summary>Whether it knows a map.</summary>
    internal static bool Takes(string map) => Maps.Contains(map);

    /// <summary>As <see cref="BpfMap.TryLookup"/>.</summary>
    internal bool TryLookup<TKey, TValue>(string map, in TKey key, out TValue value)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        using Lock.Scope scope = _gate.EnterScope();
        bool found = Run(map, Kind.LookUp, AsBytes(key), []) == 0;
        value = found ? MemoryMarshal.Read<TValue>(Request.Value) : default;
        return found;
    }

    /// <summary>As <see cref="BpfMap.Update"/>; no key: as <see cref="BpfMap.Push"/>.</summary>
    /// <returns>0, or a negative errno.</returns>
    internal int Update(string map, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        using Lock.Scope scope = _gate.EnterScope();
        return Run(map, Kind.Update, key, value);
    }

    /// <summary>As <see cref="BpfMap.Delete"/>.</summary>
    internal bool Delete<TKey>(string map, in TKey key)
        where TKey : unmanaged
    {
        using Lock.Scope scope = _gate.EnterScope();
        return Run(map, Kind.Delete, AsBytes(key), []) == 0;
    }

    /// <summary>The bytes of a key or value.</summary>
    internal static ReadOnlySpan<byte> AsBytes<T>(in T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private ref MapRequest Request => ref *(MapRequest*)_memory.Start;

    private int Run(string map, Kind kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        ref MapRequest request = ref Request;
        request.Map = (uint)Array.IndexOf(Maps, map);
        request.Kind = (uint)kind;
        key.CopyTo(request.Key);
        value.CopyTo(request.Value);
        TestRun options = new() { Size = (nuint)sizeof(TestRun) };
        int result = LibBpf.bpf_prog_test_run_opts(_program, &options);
        return result < 0 ? result : (int)request.Result;
    }
}

/// <summary>struct map_request of bpf/include/map_request.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MapRequest
{
    public uint Map;
    public uint Kind;
    public long Result;
    public KeyBytes Key;
    public ValueBytes Value;

    /// <summary>Room for the largest key.</summary>
    [InlineArray(48)]
    internal struct KeyBytes
    {
        private byte _first;
    }

    /// <summary>Room for the largest value.</summary>
    [InlineArray(520)]
    internal struct ValueBytes
    {
        private byte _first;
    }
}

/// <summary>struct bpf_test_run_opts of libbpf.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TestRun
{
    public nuint Size;
    public nint DataIn;
    public nint DataOut;
    public uint DataInSize;
    public uint DataOutSize;
    public nint ContextIn;
    public nint ContextOut;
    public uint ContextInSize;
    public uint ContextOutSize;
    public uint Returned;
    public int Repeat;
    public uint Duration;
    public uint Flags;
    public uint Cpu;
    public uint BatchSize;
}
