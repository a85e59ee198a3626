using Ipcscope.Capture;
using Ipcscope.Edges;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Filters;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>One run of <c>graph</c>, from the first program attached to the summary.</summary>
/// <param name="options">How the capture is started.</param>
/// <param name="filter">What an edge must meet with one of its ends; null: nothing.</param>
/// <param name="seams">The rest of the agent.</param>
internal sealed class GraphRun(CaptureOptions options, FilterExpression? filter, Seams seams)
{
    /// <summary>How often it is looked whether there is something new: what begins and ends between two looks is told from traffic alone.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly FlowSubject _subject = new(seams.Places);

    /// <summary>Watches, and prints the graph.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="group">What a node is.</param>
    /// <param name="json">Whether the summary is for programs, too.</param>
    /// <param name="write">Makes lines of the edges and the seconds that were watched.</param>
    /// <returns>The exit status.</returns>
    public int Run(TimeSpan duration, GraphGroup group, bool json, Func<IReadOnlyList<GraphEdge>, double, IEnumerable<string>> write)
    {
        using var signals = new StopSignals();
        using ICapture capture = seams.Capture(options);
        using IFlowJournal journal = capture.Flows.OpenJournal();
        var table = new EdgeTable(journal, filter is null ? null : move => filter.Matches(_subject.Of(move)));
        using IEndSource ends = Progress.Show(seams.Error, "loading the iterators", seams.OpenEnds);
        var summary = new Summary(seams.Time);
        var places = new GraphPlaces(seams.Places);
        long start = seams.Time.GetTimestamp();
        table.Observe();
        TimeSpan elapsed;
        while ((elapsed = seams.Time.GetElapsedTime(start)) < duration)
        {
            TimeSpan left = duration - elapsed;
            if (signals.Token.WaitHandle.WaitOne(left < Glance ? left : Glance))
            {
                break;
            }
            Look(table, ends, group, places);
        }
        elapsed = seams.Time.GetElapsedTime(start);
        capture.Stop();
        Look(table, ends, group, places);
        table.Settle();
        seams.Tell(ends.Missing);
        EdgeSample[] edges = [];
        int count = table.Copy(ref edges);
        IReadOnlyList<GraphEdge> grouped = GraphEdge.Group(edges.Take(count), group, places);
        seams.Out.WriteLines(write(grouped, Math.Max(elapsed.TotalSeconds, 1e-6)));
        ulong operations = grouped.Aggregate(0UL, (sum, edge) => sum + edge.Operations);
        seams.Error.WriteLine(summary.Describe(json, operations, capture, [LossCause.UnknownPeer.Of(table.Ledger.Lost)], [table.Ledger]));
        return ExitStatus.Success;
    }

    private static void Look(EdgeTable table, IEndSource ends, GraphGroup group, GraphPlaces places)
    {
        table.Observe();
        if (table.WantsLook)
        {
            table.Look(ends);
        }
        if (group is GraphGroup.Container or GraphGroup.Pod)
        {
            foreach (Party party in table.Processes)
            {
                _ = party.Process.Where; // while it runs
            }
        }
    }
}
