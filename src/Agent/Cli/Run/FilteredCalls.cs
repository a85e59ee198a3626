using Ipcscope.Enrich;
using Ipcscope.Filters;
using Ipcscope.Findings;
using Ipcscope.Waits;

namespace Ipcscope.Cli;

/// <summary>The calls in progress that a filter lets through, as far as the kernel has not decided it.</summary>
internal static class FilteredCalls
{
    /// <summary>Those calls.</summary>
    /// <param name="all">All of them.</param>
    /// <param name="filter">Of fields that series or flows know; null: all pass.</param>
    /// <param name="places">Tells where processes run.</param>
    public static IReadOnlyList<CallInProgress> Of(IReadOnlyList<CallInProgress> all, FilterExpression? filter, Places places) =>
        filter is null ? all : [.. all.Where(call => filter.Matches(new CallSubject(call, call.Pid, call.Name, call.Cgroup, places)))];
}
