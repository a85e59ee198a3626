using Ipcscope.Config;

namespace Ipcscope.Filters;

/// <summary>The filter of <c>run</c>: metrics are sums, so each part must be decided before anything is summed up, or be the same for all of a sum.</summary>
public static class DaemonFilter
{
    /// <summary>Divides the filter of the configuration. The remainder, if any, is to be asked of series, and of flows.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="error">Why there is no plan.</param>
    public static FilterPlan? Plan(AgentOptions options, out FilterError? error)
    {
        bool kernel = options.Aggregation.Mode == AggregationMode.Kernel;
        if (!FilterParser.TryParse(options.Filter, kernel ? FilterScopes.Series : FilterScopes.Operation, out FilterExpression? filter, out error))
        {
            error = kernel && FilterParser.TryParse(options.Filter, FilterScopes.Operation, out _, out _)
                ? error with { Message = $"{error.Message}, or aggregation.mode ring" }
                : error;
            return null;
        }
        FilterPlan plan = FilterPlan.Create(filter, new() { Mechanisms = options.Mechanisms });
        FilterField? unknown = plan.Remainder?.Fields.FirstOrDefault(field => !field.Scopes.HasFlag(FilterScopes.Series));
        if (unknown is not null)
        {
            error = new(0, $"the kernel cannot decide this condition on {unknown.Name}, and metrics do not know it; "
                + $"allowed: fields of metrics ({string.Join(", ", FilterFields.KnownIn(FilterScopes.Series))}), "
                + "duration > or >=, error != \"\"");
            return null;
        }
        return plan;
    }
}
