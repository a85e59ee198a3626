using Ipcscope.Capture;
using Ipcscope.Config;
using Ipcscope.Filters;

namespace Ipcscope.Cli;

/// <summary>What a command looks at, divided into what the kernel decides and the rest.</summary>
/// <param name="Filter">Both parts.</param>
/// <param name="Options">How the capture is started: with the kernel's part.</param>
internal sealed record CapturePlan(FilterPlan Filter, CaptureOptions Options)
{
    /// <summary>Makes a plan of what was typed, and of a configuration if one is named.</summary>
    /// <param name="selection">-p, -f, -c and -m.</param>
    /// <param name="filter">FILTER.</param>
    /// <param name="scope">What the filter will look at.</param>
    /// <param name="config">The file behind --config; null: none.</param>
    /// <exception cref="CommandException">A filter or the file cannot be understood, or a process does not exist.</exception>
    public static CapturePlan Make(FilterSelection selection, string filter, FilterScopes scope, string? config)
    {
        RefuseMissing(selection.Pids);
        FilterExpression? typed = Parse(filter, scope, "the filter");
        if (config is null)
        {
            var plan = FilterPlan.Create(typed, selection);
            return new CapturePlan(plan, new CaptureOptions { Filter = plan.Kernel });
        }
        AgentOptions settings = ConfigFile.Load(config);
        FilterExpression? configured = Parse(settings.Filter, scope, $"{config}: filter");
        var both = FilterPlan.Create(
            typed is null ? configured : configured is null ? typed : new Conjunction([configured, typed]),
            selection with { Mechanisms = selection.Mechanisms.Count > 0 ? selection.Mechanisms : settings.Mechanisms });
        return new CapturePlan(both, new CaptureOptions
        {
            Filter = both.Kernel,
            PrivateFutexes = settings.PrivateFutexes,
            MaxFlows = settings.Aggregation.MaxFlows,
            Attachment = settings.Aggregation.Attachment,
            Delivery = settings.Aggregation.Delivery,
            IdleExpiry = settings.Aggregation.IdleExpiry,
        });
    }

    /// <summary>Reads a filter.</summary>
    /// <param name="text">What was written; blank: no filter.</param>
    /// <param name="scope">What it will look at.</param>
    /// <param name="what">What it is called in an error.</param>
    /// <exception cref="CommandException">It cannot be understood.</exception>
    public static FilterExpression? Parse(string text, FilterScopes scope, string what) =>
        FilterParser.TryParse(text, scope, out FilterExpression? expression, out FilterError? error)
            ? expression
            : throw new CommandException(ExitStatus.Usage, $"{what} {OptionKinds.Quote(text)}: {error} (see ipcscope fields)");

    /// <summary>Says so if a process that was named does not exist.</summary>
    /// <exception cref="CommandException">One does not.</exception>
    public static void RefuseMissing(IReadOnlyList<uint> pids)
    {
        uint[] missing = [.. pids.Where(pid => !Directory.Exists($"/proc/{pid}"))];
        if (missing.Length > 0)
        {
            throw new CommandException(
                ExitStatus.Usage,
                $"there is no process {string.Join(", ", missing)}: it has ended, or the number is that of another pid namespace (see ipcscope ls processes)");
        }
    }
}
