using Ipcscope.Capture;
using Ipcscope.Decode;

namespace Ipcscope.Filters;

/// <summary>What the kernel takes of a part of a filter.</summary>
/// <param name="InKernel">The condition that it tests; empty: none.</param>
/// <param name="IsExact">Whether that is all of the part; else the agent has to test the part again.</param>
internal readonly record struct Decision(string InKernel, bool IsExact)
{
    public static Decision Nothing { get; } = new("", false);
}

/// <summary>Collects what the kernel can test. Every part must be true, so each narrows what those before it let through.</summary>
internal sealed class Pushdown(FilterSelection selection)
{
    private readonly SingleFieldSubject _probe = new();

    public KernelFilter Filter { get; private set; } = selection.FollowChildren || selection.OnlyWatched
        ? new() { Pids = selection.Pids, FollowChildren = selection.FollowChildren, OnlyWatched = selection.OnlyWatched }
        : KernelFilter.None;

    /// <summary>Gives the kernel what it can test of a part.</summary>
    public Decision Take(FilterExpression part)
    {
        FilterField[] fields = [.. part.Fields.Distinct()];
        if (fields.Length != 1)
        {
            return Decision.Nothing;
        }
        FilterField field = fields[0];
        return field == FilterFields.Mechanism ? TakeMechanisms(part)
            : field == FilterFields.Operation ? TakeOperations(part)
            : field == FilterFields.Error ? TakeErrors(part)
            : field == FilterFields.Duration ? TakeDuration(part)
            : field == FilterFields.Pid ? TakePids(part)
            : field == FilterFields.Process ? TakeNames(part)
            : Decision.Nothing;
    }

    private Decision TakeMechanisms(FilterExpression part)
    {
        IEnumerable<Mechanism> matching = Enum.GetValues<Mechanism>().Skip(1).Where(mechanism => part.Matches(_probe.With(mechanism)));
        Mechanism[] mechanisms = Narrow(Filter.Mechanisms, matching);
        return Push(part, mechanisms.Length > 0, Filter with { Mechanisms = mechanisms });
    }

    private Decision TakeOperations(FilterExpression part)
    {
        IEnumerable<Operation> matching = Enum.GetValues<Operation>().Skip(1).Where(operation => part.Matches(_probe.With(operation)));
        Operation[] operations = Narrow(Filter.Operations, matching);
        return Push(part, operations.Length > 0, Filter with { Operations = operations });
    }

    private Decision TakeErrors(FilterExpression part)
    {
        if (part.Matches(_probe.WithError(0)))
        {
            return Decision.Nothing;
        }
        Filter = Filter with { ErrorsOnly = true };
        bool anyError = Enumerable.Range(1, FilterFields.Error.Names.Length - 1).All(number => part.Matches(_probe.WithError(number)));
        return new("error != \"\"", anyError);
    }

    private Decision TakeDuration(FilterExpression part)
    {
        if (part is not NumberComparison { Operator: FilterOperator.Greater or FilterOperator.GreaterOrEqual } comparison)
        {
            return Decision.Nothing;
        }
        ulong least = comparison.Numbers[0] + (comparison.Operator == FilterOperator.Greater ? 1UL : 0);
        return Push(part, true, Filter with { MinimumDurationNs = Math.Max(Filter.MinimumDurationNs, least) });
    }

    // A list of watched processes that grows as they start is not the same as a list that was given.
    private Decision TakePids(FilterExpression part)
    {
        if (selection.FollowChildren || selection.OnlyWatched || Alternatives(part) is not List<Comparison> alternatives)
        {
            return Decision.Nothing;
        }
        IEnumerable<ulong> numbers = alternatives.SelectMany(alternative => ((NumberComparison)alternative).Numbers);
        uint[] pids = Narrow(Filter.Pids, numbers.Where(number => number is > 0 and <= uint.MaxValue).Select(number => (uint)number));
        return Push(part, pids.Length > 0, Filter with { Pids = pids });
    }

    private Decision TakeNames(FilterExpression part)
    {
        if (Alternatives(part) is not List<Comparison> alternatives)
        {
            return Decision.Nothing;
        }
        string[] names = Narrow(Filter.Names, alternatives.SelectMany(alternative => alternative.Values));
        // The kernel compares bytes. What is no UTF-8 is read as U+FFFD, so that character stands for bytes that are not its own; a name ends at a NUL.
        bool sameBytes = names.All(name => !name.AsSpan().ContainsAny('\uFFFD', '\0') && !name.Any(char.IsSurrogate));
        return Push(part, names.Length is > 0 and <= KernelFilter.MaximumNames && sameBytes, Filter with { Names = names });
    }

    private Decision Push(FilterExpression part, bool possible, KernelFilter filter)
    {
        if (!possible)
        {
            return Decision.Nothing;
        }
        Filter = filter;
        return new(part.ToString(), IsExact: true);
    }

    // "=" and "in", joined by "or"; null if there is anything else.
    private static List<Comparison>? Alternatives(FilterExpression part)
    {
        List<FilterExpression> parts = part is Disjunction any ? [.. any.Parts] : [part];
        List<Comparison> comparisons = [.. parts.OfType<Comparison>().Where(comparison => comparison.Operator is FilterOperator.Equal or FilterOperator.In)];
        return comparisons.Count == parts.Count ? comparisons : null;
    }

    // An empty list means no limit to the kernel, so one that has nothing left is not given to it.
    private static T[] Narrow<T>(IReadOnlyList<T> before, IEnumerable<T> matching) =>
        [.. matching.Distinct().Where(value => before.Count == 0 || before.Contains(value))];
}
