using Ipcscope.Filters;
using Ipcscope.Waits;

namespace Ipcscope.Cli;

/// <summary>One run of <c>top</c>, from the first program attached to the summary.</summary>
/// <param name="plan">What is looked at, and who decides it.</param>
/// <param name="pace">How often, and when it ends.</param>
/// <param name="state">What was chosen.</param>
/// <param name="seams">The rest of the agent.</param>
internal sealed class TopRun(CapturePlan plan, Pace pace, TopState state, Seams seams)
{
    /// <summary>Shows until something ends it.</summary>
    /// <param name="format">Columns or JSON.</param>
    /// <param name="batch">One table behind the other.</param>
    /// <param name="color">Colours.</param>
    /// <returns>The exit status.</returns>
    public int Run(OutputFormat format, bool batch, ColorMode color)
    {
        using var signals = new StopSignals();
        using ICapture capture = seams.Capture(plan.Options);
        var summary = new Summary(seams.Time);
        using var waits = new WaitObserver(seams.OpenEnds);
        var sampler = new TopSampler(capture, seams.Time, waits, seams.Places) { Filter = plan.Filter.Remainder };
        var styles = Styles.For(color, seams.Out.Fd);
        if (batch)
        {
            new TopBatch(sampler, state, seams.Out, styles).Run(format, pace, signals.Token);
        }
        else
        {
            new TopLoop(sampler, state, styles, text => SetFilter(sampler, text), seams.Time).Run(seams.Out, signals, pace);
        }
        capture.Stop();
        seams.Error.WriteLine(summary.Describe(format == OutputFormat.Json, sampler.Operations, capture));
        return ExitStatus.Success;
    }

    // What the kernel has left out stays out: the new filter comes on top of it.
    private string SetFilter(TopSampler sampler, string text)
    {
        if (!FilterParser.TryParse(text, FilterScopes.Flow, out FilterExpression? typed, out FilterError? error))
        {
            return error.ToString();
        }
        FilterExpression? given = plan.Filter.Remainder;
        sampler.Filter = typed is null ? given : given is null ? typed : new Conjunction([given, typed]);
        return "";
    }
}
