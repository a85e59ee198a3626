using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Findings;

namespace Ipcscope.Api;

/// <summary>How bad something is, what it does, and what to do.</summary>
/// <param name="Severity"><c>critical</c>, <c>warning</c> or <c>info</c>.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Advice">What to do.</param>
internal sealed record Counsel(string Severity, string Effect, string Advice)
{
    /// <summary>Of what waits show.</summary>
    public static Counsel Of(ProblemKind kind) => kind switch
    {
        ProblemKind.Deadlock => new("critical", "None of them goes on until one is ended from outside.",
            "Restart one of them; then let all take the locks, or write and read, in the same order, or give the calls a time limit."),
        ProblemKind.LostOwner => new("critical", "Who waits for the lock waits for ever, and so will everybody who comes after.",
            "Restart who waits. A robust mutex (pthread_mutexattr_setrobust) tells the next one that the owner has died."),
        ProblemKind.BackPressure => new("warning", "The writer stands still, and so does everything behind it.",
            "Look what the reader does instead: speed it up, add another one, or let the writer drop or wait elsewhere. A larger queue only puts it off."),
        ProblemKind.HeldOpen => new("warning", "The reader never sees the end of its input.",
            "Close the write end where it is not used: after fork in the reader, and with O_CLOEXEC before exec."),
        _ => new("info", "They talk where no network policy looks.", "If it is not meant, take the shared volume, hostIPC or hostPath out of one of both."),
    };

    /// <summary>An object that nobody has any more.</summary>
    public static Counsel Orphan { get; } = new("info", "It takes memory or a place in a table until somebody removes it, or the machine starts again.",
        "Remove it if nobody will come back for it: ipcrm, mq_unlink, shm_unlink, rm. Let its maker remove it at its end.");

    /// <summary>Of something that the agent has lost.</summary>
    public static Counsel Of(LossCause cause) => cause.Name switch
    {
        "program_skipped" => new("warning", "Some calls were not looked at: at most so many operations are missing.", "ipcscope doctor says which attachment loses none (aggregation.attachment)."),
        "thread_slot" => new("warning", "At most so many operations are missing.", "The kernel is short of memory: give it more."),
        "record_unreadable" => new("warning", "Records could not be read: operations may be missing.", "Report it."),
        "missed_exit" => new("warning", "So many operations are missing.", "Nothing, if it stands still; else report it."),
        "flow_table_full" => new("warning", "Totals are right; to which process and channel these operations belong is not known.", "Raise aggregation.maxFlows, or narrow the filter."),
        "channel_full" or "error_full" or "queue_table_full" => new("info", "Totals are right; a detail is missing.", "Raise aggregation.maxFlows."),
        "ring_full" => new("warning", "In ring mode so many operations are missing; else lines of a trace.", "Narrow the filter, or set aggregation.mode to kernel."),
        "consumer_slow" => new("info", "A reader of the API or a trace was too slow, and was cut off. Counts are right.", "Read faster, or ask with a filter."),
        _ => new("info", "Totals are right; a detail is missing.", "docs/losses.md has a line for each cause."),
    };
}
