using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Ipcscope.Decode;

/// <summary>COMM_FILTERS names.</summary>
[InlineArray(8)]
internal struct CommFilters
{
    private Comm _first;
}

/// <summary>The mirror of <c>struct filter</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FilterSettings
{
    public uint ByProcess;
    public uint FollowChildren;
    public uint Comms;
    public uint Mechanisms;
    public uint Operations;
    public uint ErrorsOnly;
    public ulong MinimumDuration;
    public CommFilters Comm;
}

/// <summary>The mirror of <c>struct probe_settings</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ProbeSettings
{
    public FilterSettings Filter;
    public uint Count;
    public uint EmitOperations;
    public uint PrivateFutexes;
    public uint Queues;
    public CgroupHierarchy Hierarchy;
    public uint Pad;
}

/// <summary>Reading and writing of names.</summary>
public static class CommExtensions
{
    /// <summary>The name up to its NUL; bytes that are no UTF-8 become U+FFFD.</summary>
    public static string Text(this in Comm comm)
    {
        ReadOnlySpan<byte> bytes = comm;
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    /// <summary>Sets the name, cut to 15 bytes as the kernel does.</summary>
    internal static void Set(this ref Comm comm, string name)
    {
        Span<byte> bytes = comm;
        bytes.Clear();
        ReadOnlySpan<byte> text = Encoding.UTF8.GetBytes(name);
        text[..Math.Min(text.Length, Decode.Comm.Length - 1)].CopyTo(bytes);
    }
}
