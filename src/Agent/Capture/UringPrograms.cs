namespace Ipcscope.Capture;

/// <summary>Which programs fit the tracepoints of io_uring that a kernel has. Their arguments changed; versions do not tell, because they were ported back.</summary>
internal static class UringPrograms
{
    /// <summary>The tracepoints that decide.</summary>
    internal static IReadOnlyList<string> Tracepoints { get; } =
        ["io_uring_complete", "io_uring_submit_req", "io_uring_submit_sqe", "io_uring_cqe_overflow", "io_uring_task_work_run"];

    /// <summary>Names of the programs, in the order in which to attach them; none if the kernel has tracepoints unlike any that is known.</summary>
    /// <param name="arguments">The number of arguments of a tracepoint, 0 if there is none of this name.</param>
    /// <param name="byEvent">Whether trace events are to be used instead of raw tracepoints, where both tell the same.</param>
    internal static IReadOnlyList<string> Choose(Func<string, int> arguments, bool byEvent)
    {
        string? complete = arguments("io_uring_complete") switch
        {
            3 => "ipcscope_uring_complete",
            7 => "ipcscope_uring_complete_6_1",
            4 => "ipcscope_uring_complete_5_15",
            _ => null,
        };
        string? submit = (arguments("io_uring_submit_req"), arguments("io_uring_submit_sqe")) switch
        {
            (1, _) => "ipcscope_uring_submit",
            (_, 2) => "ipcscope_uring_submit_6_1",
            (_, 7) => "ipcscope_uring_submit_5_15",
            _ => null,
        };
        if (complete is null || submit is null)
        {
            return [];
        }
        string suffix = byEvent && (complete, submit) is ("ipcscope_uring_complete", "ipcscope_uring_submit") ? "_event" : "";
        // Completions before submissions: a request that is submitted in between is then booked untimed, instead of never.
        string[] others =
        [
            .. arguments("io_uring_cqe_overflow") == 5 ? ["ipcscope_uring_overflow" + suffix] : (string[])[],
            .. arguments("io_uring_task_work_run") > 0 ? ["ipcscope_uring_worked" + suffix] : (string[])[],
            "ipcscope_uring_exit" + suffix,
        ];
        return [complete + suffix, .. others, submit + suffix];
    }
}
