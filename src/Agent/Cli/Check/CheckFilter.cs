using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Filters;
using Ipcscope.Findings;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Cli;

/// <summary>Which problems are asked for. The kernel leaves nothing out: who is why somebody waits may be somebody else.</summary>
/// <param name="selection">-p, -f, -c, -m and the options of places.</param>
/// <param name="filter">FILTER; null: none.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class CheckFilter(FilterSelection selection, FilterExpression? filter, Places places)
{
    /// <summary>Whether one of its waiting processes, or one that is why, is asked for.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="ends">Knows the cgroups.</param>
    public bool Wants(Problem problem, ChannelEnds ends) => problem.Flows.Any(flow => Wants(flow, problem)) || problem.Waits.Any(wait =>
        problem.Culprits.Prepend((wait.Call.Pid, wait.Call.Name)).Any(who => Wants(wait.Call, who.Item1, who.Item2, ends)));

    private bool Wants(in FlowSample flow, Problem problem) =>
        (selection.Pids.Count == 0 || problem.Culprits.Any(who => selection.Pids.Contains(who.Pid) || (selection.FollowChildren && ProcessStat.Ancestors(who.Pid).Any(selection.Pids.Contains))))
        && (selection.Names.Count == 0 || problem.Culprits.Any(who => selection.Names.Contains(who.Name)))
        && (selection.Mechanisms.Count == 0 || selection.Mechanisms.Contains(flow.Channel.Mechanism))
        && (!selection.AsksForPlaces || selection.Admits(places.Of(flow.Process)))
        && (filter is null || filter.Matches(new FlowSubject(places).Of(flow)));

    private bool Wants(CallInProgress call, uint pid, string name, ChannelEnds ends) =>
        (selection.Pids.Count == 0 || selection.Pids.Contains(pid) || (selection.FollowChildren && ProcessStat.Ancestors(pid).Any(selection.Pids.Contains)))
        && (selection.Names.Count == 0 || selection.Names.Contains(name))
        && (selection.Mechanisms.Count == 0 || selection.Mechanisms.Contains(call.Flow.Mechanism))
        && (!selection.AsksForPlaces || selection.Admits(places.Of(CgroupOf(pid, ends), pid)))
        && (filter is null || filter.Matches(new CallSubject(call, pid, name, CgroupOf(pid, ends), places)));

    private static ulong CgroupOf(uint pid, ChannelEnds ends) => ends.Descriptors.FirstOrDefault(d => d.Pid == pid)?.Cgroup ?? 0;
}
