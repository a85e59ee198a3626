using Ipcscope.Enrich;
using Ipcscope.Filters;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>The flows and series that a filter lets through, as far as the kernel has not decided it.</summary>
/// <param name="all">All of them.</param>
/// <param name="filter">Of fields that series know.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class FilteredFlows(IFlowSource all, FilterExpression filter, Places places) : IFlowSource
{
    /// <inheritdoc/>
    public int Flows => all.Flows;

    /// <inheritdoc/>
    public int FlowsLimit => all.FlowsLimit;

    /// <inheritdoc/>
    public int CopyFlows(ref FlowSample[] buffer) => KeepOf(buffer, all.CopyFlows(ref buffer));

    /// <inheritdoc/>
    public int CopyFlowsQuickly(ref FlowSample[] buffer) => KeepOf(buffer, all.CopyFlowsQuickly(ref buffer));

    private int KeepOf(FlowSample[] buffer, int count)
    {
        var subject = new FlowSubject(places);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (filter.Matches(subject.Of(buffer[i])))
            {
                buffer[kept++] = buffer[i];
            }
        }
        return kept;
    }

    /// <inheritdoc/>
    public int CopySeries(ref SeriesSample[] buffer) => KeepOf(ref buffer, all.CopySeries(ref buffer));

    /// <inheritdoc/>
    public int CopyRecentSeries(ref SeriesSample[] buffer, ref ulong mark) => KeepOf(ref buffer, all.CopyRecentSeries(ref buffer, ref mark));

    private int KeepOf(ref SeriesSample[] buffer, int count)
    {
        var subject = new FlowSubject(places);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (filter.Matches(subject.Of(buffer[i])))
            {
                buffer[kept++] = buffer[i];
            }
        }
        return kept;
    }

    /// <inheritdoc/>
    public IFlowJournal OpenJournal() => new Journal(all.OpenJournal(), filter, places);

    private sealed class Journal(IFlowJournal all, FilterExpression filter, Places places) : IFlowJournal
    {
        public int Copy(ref FlowMove[] buffer)
        {
            int count = all.Copy(ref buffer);
            var subject = new FlowSubject(places);
            int kept = 0;
            for (int i = 0; i < count; i++)
            {
                if (filter.Matches(subject.Of(buffer[i])))
                {
                    buffer[kept++] = buffer[i];
                }
            }
            return kept;
        }

        public void Dispose() => all.Dispose();
    }
}
