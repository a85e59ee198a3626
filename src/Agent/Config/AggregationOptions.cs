using Ipcscope.Capture;

namespace Ipcscope.Config;

/// <summary>Where operations are counted.</summary>
public enum AggregationMode
{
    /// <summary>In the kernel: no event leaves it, nothing can be lost on the way.</summary>
    Kernel,
    /// <summary>In the agent, from one record an operation.</summary>
    Ring,
}

/// <summary>How operations become flows.</summary>
public sealed record AggregationOptions
{
    /// <summary>Where they are counted.</summary>
    public AggregationMode Mode { get; init; }

    /// <summary>Where the programs that see system calls are.</summary>
    public Attachment Attachment { get; init; }

    /// <summary>How often flows are read, 10 ms to 1 h.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Slots for flows, 64 to 1,048,576.</summary>
    public int MaxFlows { get; init; } = 16384;

    /// <summary>Whether times in queues and of answers are measured; in the kernel only.</summary>
    public bool Delivery { get; init; } = true;

    /// <summary>How long an idle flow and the series of an ended process stay, 1 s to 24 h, not less than <see cref="Interval"/>.</summary>
    public TimeSpan IdleExpiry { get; init; } = TimeSpan.FromMinutes(5);
}
