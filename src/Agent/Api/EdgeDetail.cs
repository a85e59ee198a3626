using Ipcscope.Decode;

namespace Ipcscope.Api;

/// <summary>What channels tell of an edge at one look.</summary>
internal sealed class EdgeDetail
{
    private DurationBuckets _delivery;

    /// <summary>Nothing.</summary>
    public static EdgeDetail Nothing { get; } = new();

    /// <summary>Through which channels.</summary>
    public List<string> Channels { get; } = [];

    /// <summary>Time in the queue of what the destination took.</summary>
    public ref DurationBuckets Delivery => ref _delivery;

    /// <summary>Nanoseconds that the source waited for room or a lock.</summary>
    public ulong Waited { get; set; }

    /// <summary>Whether it waits now.</summary>
    public bool Waits { get; set; }

    /// <summary>The look at which there was such an edge.</summary>
    public uint Look { get; set; }

    /// <summary>Begins a look.</summary>
    public void Begin(uint look)
    {
        Channels.Clear();
        (_delivery, Waited, Waits, Look) = (default, 0, false, look);
    }
}
