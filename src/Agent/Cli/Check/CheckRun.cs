using Ipcscope.Capture;
using Ipcscope.Findings;
using Ipcscope.Waits;

namespace Ipcscope.Cli;

/// <summary>One run of <c>check</c>: two looks, and what both have seen.</summary>
/// <param name="filter">What is asked for.</param>
/// <param name="duration">Between the looks.</param>
/// <param name="seams">The rest of the agent.</param>
internal sealed class CheckRun(CheckFilter filter, TimeSpan duration, Seams seams)
{
    /// <summary>Looks, and tells.</summary>
    /// <param name="format">Lines or JSON.</param>
    /// <param name="failOn">The kinds that make it fail.</param>
    /// <param name="styles">Colours.</param>
    /// <returns>The exit status.</returns>
    public int Run(OutputFormat format, IReadOnlyCollection<ProblemKind> failOn, Styles styles)
    {
        using var signals = new StopSignals();
        using ICapture capture = seams.Capture(new CaptureOptions());
        RefuseWithoutCalls(capture);
        var summary = new Summary(seams.Time);
        using var observer = new WaitObserver(seams.OpenEnds);
        (WaitLook first, WaitLook second) = Progress.Show(seams.Error, $"watching for {Units.Duration(duration)}", () => LookTwice(capture, observer, signals.Token));
        Problem[] found = [.. WaitProblems.Find(first, second, capture.Flows).Concat(new Crossings(seams.Places).Find(second.Ends, capture.Flows)).Where(problem => filter.Wants(problem, second.Ends))];
        RefuseWithoutCalls(capture);
        capture.Stop();
        seams.Tell(observer.Missing);
        var report = new CheckReport(second.Ends, seams.Places);
        seams.Out.WriteLines(format == OutputFormat.Json ? report.Objects(found) : report.Lines(found, styles));
        seams.Error.WriteLine(found.Length == 0 ? "ipcscope: nothing found" : $"ipcscope: {found.Length} found");
        seams.Error.WriteLine(summary.Describe(format == OutputFormat.Json, Operations(capture), capture));
        return found.Any(problem => failOn.Contains(problem.Kind)) ? ExitStatus.Found : ExitStatus.Success;
    }

    // At the start, or when they are read.
    private static void RefuseWithoutCalls(ICapture capture)
    {
        if (capture.Missing.FirstOrDefault(static part => part.Name == MissingPart.CallsInProgress) is { } calls)
        {
            throw new CommandException(ExitStatus.KernelLacks, $"cannot tell who waits: {calls.Why} (ipcscope doctor tells more)");
        }
    }

    // Ctrl-C makes the second look come sooner.
    private (WaitLook First, WaitLook Second) LookTwice(ICapture capture, WaitObserver observer, CancellationToken stop)
    {
        WaitLook first = observer.Look(capture.ReadCalls(), capture.Flows, everyThread: true);
        _ = stop.WaitHandle.WaitOne(duration);
        return (first, observer.Look(capture.ReadCalls(), capture.Flows, everyThread: true));
    }

    private static ulong Operations(ICapture capture)
    {
        Flows.SeriesSample[] series = [];
        int count = capture.Flows.CopySeries(ref series);
        ulong sum = 0;
        foreach (ref readonly Flows.SeriesSample sample in series.AsSpan(0, count))
        {
            sum += Flows.CountersExtensions.Operations(sample.Counters);
        }
        return sum;
    }
}
