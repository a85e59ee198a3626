using Ipcscope.Capture;

namespace Ipcscope.Cli;

/// <summary>Who decides what of a selection.</summary>
/// <param name="Options">How the capture is started; its filter is the part that the kernel decides.</param>
/// <param name="Operations">The rest, for single operations.</param>
/// <param name="Flows">The rest, for flows.</param>
/// <param name="Explanation">Both parts in words, a line each.</param>
internal sealed record CapturePlan(CaptureOptions Options, OperationFilter Operations, TopFilter Flows, IReadOnlyList<string> Explanation)
{
    /// <summary>Splits a selection.</summary>
    /// <exception cref="CommandException">The expression cannot be understood, or a process does not exist.</exception>
    public static CapturePlan Make(Selection selection, CaptureOptions defaults)
    {
        RefuseMissing(selection.Pids);
        var filter = new KernelFilter
        {
            Pids = selection.Pids,
            FollowChildren = selection.Follow,
            Names = selection.Names,
            Mechanisms = selection.Mechanisms,
        };
        return new CapturePlan(defaults with { Filter = filter }, (in _, _) => true, (_, _, _, _) => true, []);
    }

    private static void RefuseMissing(IReadOnlyList<uint> pids)
    {
        uint[] missing = [.. pids.Where(pid => !Directory.Exists($"/proc/{pid}"))];
        if (missing.Length > 0)
        {
            throw new CommandException(
                ExitStatus.Usage,
                $"there is no process {string.Join(", ", missing)}: it has ended, or the number is that of another pid namespace (see ipcscope ls processes)");
        }
    }
}
