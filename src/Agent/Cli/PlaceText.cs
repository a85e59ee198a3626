using Ipcscope.Enrich;

namespace Ipcscope.Cli;

/// <summary>Where processes run, as columns for people: they are there if one of the rows is in a container.</summary>
internal static class PlaceText
{
    /// <summary>The columns.</summary>
    public static TextColumn[] Columns { get; } = [new("CONTAINER", Rank: 2, Minimum: 12), new("POD", Rank: 3, Minimum: 12)];

    /// <summary>The cells of one process.</summary>
    public static TextCell[] Cells(Place place) => [place.Container, place.Pod];

    /// <summary>The cells of several: each name once.</summary>
    public static TextCell[] Cells(IReadOnlyCollection<Place> places) => [Join(places.Select(place => place.Container)), Join(places.Select(place => place.Pod))];

    private static string Join(IEnumerable<string> names) => string.Join(' ', names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal));
}
