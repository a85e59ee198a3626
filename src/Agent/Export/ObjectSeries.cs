using System.Text;
using Ipcscope.Decode;
using Ipcscope.Objects;

namespace Ipcscope.Export;

/// <summary>A queue or shared memory on the page, or all of its mechanism that have no line of their own.</summary>
/// <param name="Mechanism">Its mechanism.</param>
/// <param name="Name">The label <c>object</c>.</param>
/// <param name="Messages">Queue: messages in it.</param>
/// <param name="MessagesLimit">Queue: the most there may be.</param>
/// <param name="Bytes">Bytes in it; memory: its size.</param>
/// <param name="BytesLimit">Queue: the most there may be.</param>
/// <param name="Resident">Memory: bytes in memory.</param>
/// <param name="Processes">Memory: processes that hold it.</param>
/// <param name="Touched">Memory: an estimate of the bytes touched; null: not known of any.</param>
internal sealed record ObjectSeries(
    Mechanism Mechanism, string Name, ulong Messages, ulong MessagesLimit, ulong Bytes, ulong BytesLimit, ulong Resident, ulong Processes,
    ulong? Touched)
{
    private const string Other = "other";

    /// <summary><c>mechanism="mq",object="/orders"</c>.</summary>
    public byte[] Labels { get; } = Encoding.UTF8.GetBytes($"mechanism=\"{Words.Mechanisms[(int)Mechanism]}\",object=\"{IdentityLabels.Escape(Name)}\"");

    /// <summary>A queue or memory as it is. What others cannot find by a name is <c>other</c>: paths and numbers are no labels.</summary>
    public static ObjectSeries Of(IpcObject o) => new(
        o.Mechanism,
        NameOf(o),
        o.Messages ?? 0,
        o.MessagesLimit ?? 0,
        o.Bytes ?? o.Size ?? 0,
        o.BytesLimit ?? 0,
        o.Resident ?? 0,
        (ulong)o.Users.Count,
        o.Touched);

    /// <summary>One line for each name, the largest <paramref name="budget"/> of each mechanism; the rest is added up in <c>other</c>.</summary>
    public static List<ObjectSeries> Fold(IEnumerable<IpcObject> objects, int budget) =>
    [
        .. objects.Select(Of).GroupBy(series => series.Mechanism).OrderBy(group => group.Key).SelectMany(mechanism => mechanism
            .GroupBy(series => series.Name)
            .Select(Sum)
            .OrderBy(series => series.Name == Other)
            .ThenByDescending(series => series.Bytes)
            .ThenBy(series => series.Name, StringComparer.Ordinal)
            .Select((series, rank) => rank < budget ? series : series with { Name = Other })
            .GroupBy(series => series.Name)
            .Select(Sum)),
    ];

    private static string NameOf(IpcObject o) => o.Id is { } id ? o.Key is { } key and not 0 ? $"0x{key:x8}" : $"{id}"
        : o.Mechanism == Mechanism.Mq || (o.IsNamed && o.Kind is "" or Kinds.Semaphore) ? o.Name
        : Other;

    private static ObjectSeries Sum(IEnumerable<ObjectSeries> equal) => equal.Aggregate(static (a, b) => new ObjectSeries(
        a.Mechanism, a.Name, a.Messages + b.Messages, a.MessagesLimit + b.MessagesLimit, a.Bytes + b.Bytes, a.BytesLimit + b.BytesLimit,
        a.Resident + b.Resident, a.Processes + b.Processes,
        a.Touched is null && b.Touched is null ? null : (a.Touched ?? 0) + (b.Touched ?? 0)));
}
