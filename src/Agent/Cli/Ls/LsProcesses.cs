using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary><c>ls processes</c>: who has how many channels of which mechanism open; only mechanisms that occur.</summary>
internal static class LsProcesses
{
    private sealed record Row(uint Pid, string Name, Place Place, Dictionary<Mechanism, int> Channels, int Descriptors);

    /// <summary>Columns for people; those of containers if one of the processes is in one.</summary>
    public static IEnumerable<string> Table(IEnumerable<Descriptor> descriptors, Places places, int width, Styles styles)
    {
        List<Row> rows = [.. Rows(descriptors, places)];
        bool contained = rows.Any(row => row.Place.IsContained);
        // Those that occur, the most frequent first: on a narrow terminal it stays longest.
        Mechanism[] mechanisms =
        [
            .. rows.SelectMany(row => row.Channels).GroupBy(each => each.Key, each => each.Value)
                .OrderByDescending(each => each.Sum()).ThenBy(each => each.Key).Select(each => each.Key),
        ];
        var table = new TextTable(
            [
                new("PID", RightAligned: true),
                new("PROCESS"),
                .. contained ? PlaceText.Columns : [],
                .. mechanisms.Select((mechanism, i) =>
                    new TextColumn(Words.Mechanisms[(int)mechanism].ToUpperInvariant(), Rank: i + 1, Minimum: 5, RightAligned: true)),
                new("DESCRIPTORS", Rank: mechanisms.Length + 1, RightAligned: true),
            ],
            styles);
        foreach (Row row in rows)
        {
            table.Add(
            [
                $"{row.Pid}", row.Name,
                .. contained ? PlaceText.Cells(row.Place) : [],
                .. mechanisms.Select(mechanism => row.Channels.GetValueOrDefault(mechanism))
                    .Select(count => new TextCell($"{count}", count == 0 ? styles.Faint : "")),
                $"{row.Descriptors}",
            ]);
        }
        return table.Render(width);
    }

    /// <summary>One object a process.</summary>
    public static IEnumerable<string> Objects(IEnumerable<Descriptor> descriptors, Places places) => Rows(descriptors, places).Select(row => JsonLine.Write(json =>
    {
        json.WriteString("process", row.Name);
        json.WriteNumber("pid", row.Pid);
        PlaceJson.Write(json, row.Place);
        json.WriteStartObject("channels");
        foreach ((Mechanism mechanism, int count) in row.Channels.OrderBy(each => each.Key))
        {
            json.WriteNumber(Words.Mechanisms[(int)mechanism], count);
        }
        json.WriteEndObject();
        json.WriteNumber("descriptors", row.Descriptors);
    }));

    private static IEnumerable<Row> Rows(IEnumerable<Descriptor> descriptors, Places places) => descriptors
        .GroupBy(descriptor => descriptor.Pid)
        .OrderBy(process => process.Key)
        .Select(process => new Row(
            process.Key,
            process.First().Name,
            places.Of(process.First().Cgroup, process.Key),
            process.GroupBy(d => d.Info.Mechanism).ToDictionary(group => group.Key, group => group.Select(d => d.Key).Distinct().Count()),
            process.Count()));
}
