using Ipcscope.Capture;

namespace Ipcscope.Filters;

/// <summary>A filter divided into what the kernel decides and what is left for the agent. Both together let through what the whole filter does.</summary>
public sealed class FilterPlan
{
    private FilterPlan(KernelFilter kernel, FilterExpression? whole, FilterExpression? remainder, IReadOnlyList<string> explanation)
    {
        Kernel = kernel;
        Whole = whole;
        Remainder = remainder;
        Explanation = explanation;
    }

    /// <summary>What the kernel leaves out.</summary>
    public KernelFilter Kernel { get; }

    /// <summary>All of it but which children are followed; null: everything passes.</summary>
    public FilterExpression? Whole { get; }

    /// <summary>What the agent still has to ask of what the kernel let through; null: nothing.</summary>
    public FilterExpression? Remainder { get; }

    /// <summary>Which part runs where, one line each, for <c>--explain</c>.</summary>
    public IReadOnlyList<string> Explanation { get; }

    /// <summary>Divides a filter.</summary>
    /// <param name="filter">The filter; null: everything.</param>
    /// <param name="selection">What is selected beside it.</param>
    public static FilterPlan Create(FilterExpression? filter, FilterSelection selection)
    {
        var pushdown = new Pushdown(selection);
        List<string> explanation = [];
        List<FilterExpression> remainder = [];
        if (selection.FollowChildren || selection.OnlyWatched)
        {
            explanation.Add($"kernel: {Watched(selection)}");
        }
        List<FilterExpression> parts = [.. selection.Expressions(), .. filter is null ? [] : Parts(filter)];
        foreach (FilterExpression part in parts)
        {
            Decision decision = pushdown.Take(part);
            if (decision.InKernel.Length > 0)
            {
                explanation.Add($"kernel: {decision.InKernel}");
            }
            if (!decision.IsExact)
            {
                explanation.Add($"agent:  {part}");
                remainder.Add(part);
            }
        }
        if (explanation.Count == 0)
        {
            explanation.Add("kernel: everything passes");
        }
        return new(pushdown.Filter, All(parts), All(remainder), explanation);
    }

    private static FilterExpression? All(List<FilterExpression> parts) =>
        parts.Count switch { 0 => null, 1 => parts[0], _ => new Conjunction(parts) };

    // What all must be true.
    private static IEnumerable<FilterExpression> Parts(FilterExpression filter) => filter is Conjunction all ? all.Parts.SelectMany(Parts) : [filter];

    private static string Watched(FilterSelection selection)
    {
        IEnumerable<string> who = selection.Pids.Select(pid => $"process {pid}").Concat(selection.OnlyWatched ? ["the command"] : []);
        return string.Join(", ", who) + (selection.FollowChildren ? " and all children" : "");
    }
}
