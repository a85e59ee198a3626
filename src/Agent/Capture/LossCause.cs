namespace Ipcscope.Capture;

/// <summary>A cause of loss: where things get lost, and what is missing then. docs/losses.md has a line for each.</summary>
/// <param name="Stage">The stage of the pipeline, see <see cref="Stages"/>.</param>
/// <param name="Name">In snake case; the same in metrics, JSON and documentation, and with blanks in text.</param>
/// <param name="Detail">What is not known of that which was counted nevertheless; null: operations or lines are missing.</param>
public sealed record LossCause(string Stage, string Name, string? Detail)
{
    /// <summary>Runs of programs that the kernel skipped.</summary>
    public static readonly LossCause ProgramSkipped = new(Stages.Hook, "program_skipped", "calls and events not looked at");

    /// <summary>Operations that found no slot of their own.</summary>
    public static readonly LossCause FlowTableFull = new(Stages.Table, "flow_table_full", "counted without their channel");

    /// <summary>Records of operations that found no room in the ring.</summary>
    public static readonly LossCause RingFull = new(Stages.Ring, "ring_full", null);

    /// <summary>Records of new flows that found no room in the ring.</summary>
    public static readonly LossCause RingFullFlow = new(Stages.Ring, "ring_full_flow", "flows found late");

    /// <summary>Records of forks, execs and exits that found no room in the ring.</summary>
    public static readonly LossCause RingFullProcess = new(Stages.Ring, "ring_full_process", "beginnings and ends of processes found late");

    /// <summary>Records that are none: a defect, or memory that is broken.</summary>
    public static readonly LossCause RecordUnreadable = new(Stages.Ring, "record_unreadable", null);

    /// <summary>Processes whose executable could not be read.</summary>
    public static readonly LossCause UnreadablePath = new(Stages.Identity, "unreadable_path", "processes of unknown executable");

    /// <summary>Operations that went to somebody who is not known.</summary>
    public static readonly LossCause UnknownPeer = new(Stages.Edges, "unknown_peer", "to an unknown peer");

    /// <summary>Edges that were let go before their expiry.</summary>
    public static readonly LossCause EdgeExpiredEarly = new(Stages.Edges, "edge_expired_early", "edges gone before their time");

    /// <summary>Series that were let go before their expiry.</summary>
    public static readonly LossCause SeriesExpiredEarly = new(Stages.Series, "series_expired_early", "series gone before their time");

    /// <summary>Lines that were given up, because who reads them is too slow.</summary>
    public static readonly LossCause ConsumerSlow = new(Stages.Output, "consumer_slow", null);

    /// <summary>Every cause, in the order of the pipeline.</summary>
    public static IReadOnlyList<LossCause> All { get; } =
    [
        ProgramSkipped,
        new(Stages.Hook, "thread_slot", null),
        new(Stages.Hook, "missed_entry", "not timed"),
        new(Stages.Hook, "missed_exit", null),
        new(Stages.Hook, "unreadable", "of unknown size"),
        FlowTableFull,
        new(Stages.Table, "channel_full", "channels without an address"),
        new(Stages.Table, "error_full", "errors without their number"),
        new(Stages.Table, "queue_table_full", "queues without a time of delivery"),
        RingFull,
        RingFullFlow,
        RingFullProcess,
        RecordUnreadable,
        UnreadablePath,
        UnknownPeer,
        EdgeExpiredEarly,
        SeriesExpiredEarly,
        ConsumerSlow,
    ];

    /// <summary>What the seen and the counted of a stage differ by, <see cref="StageCount.Lost"/>. The other causes lose details.</summary>
    public static IReadOnlyList<LossCause> Balancing { get; } = [FlowTableFull, RingFull, UnreadablePath, UnknownPeer, ConsumerSlow];

    /// <summary>The cause with this name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static LossCause Named(string name) => All.Single(cause => cause.Name == name);

    /// <summary>So many of it.</summary>
    public LossCount Of(ulong count) => new(Stage, Name, count);
}
