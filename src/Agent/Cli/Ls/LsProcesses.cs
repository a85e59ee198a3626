using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary><c>ls processes</c>: who has how many channels of which mechanism open.</summary>
internal static class LsProcesses
{
    private static readonly Mechanism[] Mechanisms = [.. Enum.GetValues<Mechanism>().Skip(1)];

    private static readonly TextColumn[] Columns =
    [
        new("PID", RightAligned: true),
        new("PROCESS"),
        .. Mechanisms.Select((mechanism, i) => new TextColumn(mechanism.ToString().ToUpperInvariant(), Rank: i + 1, Minimum: 5, RightAligned: true)),
        new("DESCRIPTORS", Rank: 9, RightAligned: true),
    ];

    private sealed record Row(uint Pid, string Name, int[] Channels, int Descriptors);

    /// <summary>Columns for people.</summary>
    public static IEnumerable<string> Table(IEnumerable<Descriptor> descriptors, int width, Styles styles)
    {
        var table = new TextTable(Columns, styles);
        foreach (Row row in Rows(descriptors))
        {
            table.Add([$"{row.Pid}", row.Name, .. row.Channels.Select(count => new TextCell($"{count}", count == 0 ? styles.Faint : "")), $"{row.Descriptors}"]);
        }
        return table.Render(width);
    }

    /// <summary>One object a process.</summary>
    public static IEnumerable<string> Objects(IEnumerable<Descriptor> descriptors) => Rows(descriptors).Select(row => JsonLine.Write(json =>
    {
        json.WriteString("process", row.Name);
        json.WriteNumber("pid", row.Pid);
        json.WriteStartObject("channels");
        for (int i = 0; i < Mechanisms.Length; i++)
        {
            json.WriteNumber(Words.Mechanisms[(int)Mechanisms[i]], row.Channels[i]);
        }
        json.WriteEndObject();
        json.WriteNumber("descriptors", row.Descriptors);
    }));

    private static IEnumerable<Row> Rows(IEnumerable<Descriptor> descriptors) => descriptors
        .GroupBy(descriptor => descriptor.Pid)
        .OrderBy(process => process.Key)
        .Select(process => new Row(
            process.Key,
            process.First().Name,
            [.. Mechanisms.Select(mechanism => process.Where(d => d.Info.Mechanism == mechanism).Select(d => d.Key).Distinct().Count())],
            process.Count()));
}
