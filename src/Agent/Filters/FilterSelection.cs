using Ipcscope.Decode;
using Ipcscope.Enrich;

namespace Ipcscope.Filters;

/// <summary>
/// What is selected beside a filter: by <c>-p -f -c -m --container --pod --namespace</c>, a command to trace, or the mechanisms in the configuration. All of it must be met.
/// </summary>
public sealed record FilterSelection
{
    /// <summary>Nothing is selected: everything passes.</summary>
    public static FilterSelection None { get; } = new();

    /// <summary>Only these processes; empty: all.</summary>
    public IReadOnlyList<uint> Pids { get; init; } = [];

    /// <summary>The children of watched processes, too.</summary>
    public bool FollowChildren { get; init; }

    /// <summary>Processes are watched as they start, beside <see cref="Pids"/>: <c>trace -- COMMAND</c>.</summary>
    public bool OnlyWatched { get; init; }

    /// <summary>Only processes with these names, at most 15 bytes each; empty: all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Only these; empty: all.</summary>
    public IReadOnlyList<Mechanism> Mechanisms { get; init; } = [];

    /// <summary>Only in these containers, by name or first twelve digits of the id; empty: everywhere.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>Only in these pods, by name or uid; empty: everywhere.</summary>
    public IReadOnlyList<string> Pods { get; init; } = [];

    /// <summary>Only in pods of these namespaces; empty: everywhere.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Whether it matters where a process runs.</summary>
    internal bool AsksForPlaces => Containers.Count + Pods.Count + Namespaces.Count > 0;

    /// <summary>Whether who runs there is selected.</summary>
    internal bool Admits(Place place) => Admits(Containers, place.Container) && Admits(Pods, place.Pod) && Admits(Namespaces, place.Namespace);

    private static bool Admits(IReadOnlyList<string> wanted, string found) => wanted.Count == 0 || wanted.Contains(found);

    // The part that is an expression like any other.
    internal IEnumerable<FilterExpression> Expressions()
    {
        if (Pids.Count > 0 && !FollowChildren && !OnlyWatched)
        {
            yield return FilterFields.Pid.Compare(FilterOperator.In, [.. Pids.Select(pid => $"{pid}")]);
        }
        if (Names.Count > 0)
        {
            yield return FilterFields.Process.Compare(FilterOperator.In, Names);
        }
        if (Mechanisms.Count > 0)
        {
            yield return FilterFields.Mechanism.Compare(FilterOperator.In, [.. Mechanisms.Select(mechanism => FilterFields.Mechanism.Names[(int)mechanism]!)]);
        }
        foreach ((TextField field, IReadOnlyList<string> wanted) in new[] { (FilterFields.Container, Containers), (FilterFields.Pod, Pods), (FilterFields.Namespace, Namespaces) })
        {
            if (wanted.Count > 0)
            {
                yield return field.Compare(FilterOperator.In, wanted);
            }
        }
    }
}
