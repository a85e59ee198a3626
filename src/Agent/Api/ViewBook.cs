using Ipcscope.Enrich;
using Ipcscope.Filters;

namespace Ipcscope.Api;

/// <summary>What a filter lets through, look by look. For one thread at a time.</summary>
/// <param name="traffic">What was counted.</param>
/// <param name="filter">What is let through; null: everything.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class ViewBook(Traffic traffic, FilterExpression? filter, Places places)
{
    private readonly RowBook _rows = new(traffic, filter, places);
    private readonly EdgeRows _edges = new(filter);
    private readonly FindingFilter _findings = new(filter, places);

    /// <summary>Takes the last look.</summary>
    public View Read(WaitWatch waits, EdgeWatch edges, FindingBook findings, DateTimeOffset time, double seconds, AgentHealth health)
    {
        _rows.Update(waits);
        return new View
        {
            Time = time,
            Seconds = seconds,
            Health = health,
            Channels = _rows.Channels,
            ChannelsUnlisted = filter is null ? health.ChannelsUnlisted : null,
            Processes = _rows.Processes,
            Edges = _edges.Join(_rows.ChannelRows, edges.Edges, seconds),
            Findings = [.. findings.Findings.Where(finding => _findings.Wants(finding, waits.Ends))],
            Waits = _rows.Waits,
            Latency = _rows.Latency,
        };
    }
}
