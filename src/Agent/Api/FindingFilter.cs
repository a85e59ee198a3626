using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Filters;

namespace Ipcscope.Api;

/// <summary>Which findings a filter lets through: those of waits and channels by who waits or who is why; what the agent has lost concerns everybody.</summary>
/// <param name="filter">The filter; null: everything.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class FindingFilter(FilterExpression? filter, Places places)
{
    private readonly CheckFilter _problems = new(new FilterSelection(), filter, places);

    /// <summary>Whether it does.</summary>
    public bool Wants(Finding finding, ChannelEnds? ends) =>
        filter is null || finding.Rule == "loss" || (finding.Problem is { } problem && ends is not null && _problems.Wants(problem, ends));
}
