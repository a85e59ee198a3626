using System.CommandLine;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Filters;

namespace Ipcscope.Cli;

/// <summary><c>ipcscope graph</c>: who talks to whom.</summary>
internal static class GraphCommand
{
    private const string Notes =
        "An arrow goes from who put data in to who took it out. OPS and BYTES are the source's own; where several read, each got what it took. HOW the destination is known: "
        + "exact (the kernel says that it has the other end), observed (it was seen to read there), hint (credentials or addresses only), remote (on another machine), - (not at all). "
        + "Signals have no bytes, and semaphores and futexes count those who wake. Shared memory is not drawn: no call tells what goes through it. "
        + "-p, -c, -m and FILTER let an arrow through if one of its ends meets them; with -f only what these processes and their children send is seen.";

    /// <summary>Makes the command.</summary>
    public static Command Build(Seams seams)
    {
        var filter = new FilterOptions("mechanism = unix and process ~ \"^redis\"");
        Option<TimeSpan?> duration = OptionKinds.One("--duration", "-d", "TIME", "watch for so long (5s)", OptionKinds.Duration(TimeSpan.FromMilliseconds(10)));
        Option<GraphFormat> format = OptionKinds.Choice<GraphFormat>("--output", ["-o"], "columns, a graph for graphviz or Markdown, or one JSON object a line");
        Option<GraphGroup> group = OptionKinds.Choice<GraphGroup>("--group", ["-g"], "what a node is: a name of processes, a process, a container, a pod (process)");
        var command = new Command("graph", "Shows who talks to whom, by which mechanism, and how much.") { duration, format, group };
        filter.AddTo(command, live: true);
        Help.AddTo(command, "graph [OPTION…] [FILTER…]", [
            ("sudo ipcscope graph", "who talked to whom in five seconds"),
            ("sudo ipcscope graph -d 1m -o dot -m unix,tcp | dot -Tsvg > talk.svg", "a minute of sockets, as a picture"),
            ("sudo ipcscope graph -g pid -c redis-server -o json", "everybody who talks to redis, for a script"),
        ], Notes);
        command.SetAction(parsed =>
        {
            FilterSelection selection = filter.ReadSelection(parsed);
            CapturePlan plan = CapturePlan.Make(selection, filter.ReadFilter(parsed), FilterScopes.Flow, filter.ReadConfig(parsed));
            // Of who is not named the kernel must tell, too: it may be at the other end.
            if (!selection.FollowChildren)
            {
                plan = plan with { Options = plan.Options with { Filter = new KernelFilter { Mechanisms = plan.Filter.Kernel.Mechanisms } } };
            }
            if (filter.WantsExplanation(parsed))
            {
                seams.Out.WriteLines(selection.FollowChildren ? plan.Filter.Explanation : Explain(plan));
                return ExitStatus.Success;
            }
            GraphFormat chosen = parsed.GetValue(format);
            GraphGroup nodes = parsed.GetValue(group);
            var styles = Styles.For(parsed.GetValue(GlobalOptions.Color), seams.Out.Fd);
            using var names = CommandNames.Open(filter.ReadConfig(parsed), seams);
            return new GraphRun(plan.Options, selection.FollowChildren ? plan.Filter.Remainder : plan.Filter.Whole, names.Seams).Run(
                parsed.GetValue(duration) ?? TimeSpan.FromSeconds(5),
                nodes,
                chosen == GraphFormat.Json,
                (edges, seconds) => chosen switch
                {
                    GraphFormat.Dot => GraphDot.Lines(edges, seconds),
                    GraphFormat.Mermaid => GraphMermaid.Lines(edges, seconds),
                    GraphFormat.Json => GraphJson.Lines(edges, nodes, seconds),
                    _ => GraphTable.Lines(edges, seconds, seams.Out.Size.Columns, styles),
                });
        });
        return command;
    }

    private static IEnumerable<string> Explain(CapturePlan plan)
    {
        IReadOnlyList<Mechanism> mechanisms = plan.Options.Filter.Mechanisms;
        yield return mechanisms.Count == 0
            ? "kernel: everything passes"
            : $"kernel: mechanism in ({string.Join(", ", mechanisms.Select(mechanism => Words.Mechanisms[(int)mechanism]))})";
        if (plan.Filter.Whole is { } whole)
        {
            yield return $"agent:  one end of an arrow meets {whole}";
        }
    }
}
