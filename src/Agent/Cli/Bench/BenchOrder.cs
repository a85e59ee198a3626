using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Ipcscope.Cli.Bench;

/// <summary>What a process is to do.</summary>
internal enum BenchWork
{
    /// <summary>End.</summary>
    Quit,
    /// <summary>Messages to and fro, one at a time.</summary>
    RoundTrips,
    /// <summary>Messages from the first process to the second.</summary>
    Stream,
}

/// <summary>What a process is told, through a pipe and between measurements only.</summary>
/// <param name="Work">What to do.</param>
/// <param name="Size">Bytes of a message.</param>
/// <param name="Count">How many messages, or round trips.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BenchOrder(BenchWork Work, int Size, long Count);

/// <summary>What a process answers when it is ready, and to each order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BenchAnswer
{
    /// <summary>When it sent first (first process), or had received all (second process): CLOCK_MONOTONIC, in nanoseconds.</summary>
    public long Time;
    /// <summary>How long the round trips took together, in nanoseconds.</summary>
    public long Elapsed;
    /// <summary>Of messages from the second process to the first, in nanoseconds.</summary>
    public BenchPercentiles OneWay;
    /// <summary>Of round trips, in nanoseconds.</summary>
    public BenchPercentiles RoundTrip;
    private Text _failure;

    /// <summary>Why it could not be done; empty if it was.</summary>
    public string Failure
    {
        readonly get
        {
            ReadOnlySpan<byte> text = _failure;
            return Encoding.UTF8.GetString(text[..Math.Max(0, text.IndexOf((byte)0))]);
        }
        set
        {
            Span<byte> text = _failure;
            text.Clear();
            Encoding.UTF8.TryGetBytes(value, text[..^1], out _);
        }
    }

    [InlineArray(200)]
    private struct Text
    {
        private byte _first;
    }
}
