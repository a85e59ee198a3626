using System.CommandLine;
using Ipcscope.Filters;

namespace Ipcscope.Cli;

/// <summary><c>ipcscope top</c>: who moves how much, live.</summary>
internal static class TopCommand
{
    private const int StandardInput = 0;

    private const string Notes =
        "BYTES are those that went through a pipe or queue, or both directions of a socket; -o wide shows OUT (written, sent) and IN (read, received), and mean / P99 of "
        + "DELIVERY (how long it lay in the queue) and TURNAROUND (request to answer at a client, service time at a server), and HIGH WATER, the most that ever lay there. "
        + "P50 and P99 are of the interval, upper bounds of powers of two, waiting included. "
        + "WAIT is the part of the time in calls that slept: full (no room), lock, or empty (nothing to take). "
        + "WAITS FOR is the call that waits longest for room or a lock now, and who could end that; --sort wait puts those first. "
        + "Keys: ? in the live table shows them. Without a terminal it prints tables, as with -b.";

    /// <summary>Makes the command.</summary>
    public static Command Build(Seams seams)
    {
        var filter = new FilterOptions("mechanism = unix and process ~ \"^redis\"");
        var pace = new PaceOptions("tables");
        Option<bool> batch = OptionKinds.Switch("--batch", ["-b"], "print tables one behind the other");
        Option<TopView> view = OptionKinds.Choice<TopView>("--by", [], "what a row is (channels)");
        Option<TopSort> sort = OptionKinds.Choice<TopSort>("--sort", ["-s"], "what rows are sorted by, largest first (ops)");
        Option<OutputFormat> format = FormatOption.Create();
        var command = new Command("top", "Shows live who moves how much through which channel, and how long it takes.") { batch, view, sort, format };
        filter.AddTo(command, live: true);
        pace.AddTo(command, interval: true);
        Help.AddTo(command, "top [OPTION…] [FILTER…]", [
            ("sudo ipcscope top", "all channels, live"),
            ("sudo ipcscope top --by processes -s bytes -m unix,tcp", "which processes move most through sockets"),
            ("sudo ipcscope top -b -n 1 -i 10s -o json | jq -r .process", "ten seconds, for a script"),
        ], Notes);
        command.SetAction(parsed =>
        {
            CapturePlan plan = CapturePlan.Make(filter.ReadSelection(parsed), filter.ReadFilter(parsed), FilterScopes.Flow, filter.ReadConfig(parsed));
            if (filter.WantsExplanation(parsed))
            {
                seams.Out.WriteLines(plan.Filter.Explanation);
                return ExitStatus.Success;
            }
            Pace chosen = pace.Read(parsed);
            var state = new TopState { View = parsed.GetValue(view), Sort = parsed.GetValue(sort), Interval = chosen.Interval, Wide = parsed.GetValue(format) == OutputFormat.Wide };
            using var names = CommandNames.Open(filter.ReadConfig(parsed), seams);
            return new TopRun(plan, chosen, state, names.Seams).Run(parsed.GetValue(format), IsBatch(parsed.GetValue(batch), parsed.GetValue(format), seams), parsed.GetValue(GlobalOptions.Color));
        });
        return command;
    }

    private static bool IsBatch(bool asked, OutputFormat format, Seams seams) =>
        asked || format == OutputFormat.Json || !TerminalSize.IsTerminal(StandardInput) || !seams.Out.IsTerminal;
}
