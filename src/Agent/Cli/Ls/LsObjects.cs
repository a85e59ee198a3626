using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Export;
using Ipcscope.Filters;
using Ipcscope.Objects;

namespace Ipcscope.Cli;

/// <summary><c>ls objects</c>: every queue, segment, semaphore set, FIFO, listening socket and shared mapping.</summary>
/// <param name="users">Names of owners.</param>
/// <param name="now">What ages are counted to.</param>
internal sealed class LsObjects(UserNames users, DateTimeOffset now)
{
    private static readonly TextColumn[] Columns =
    [
        new("KIND"),
        new("NAME", Minimum: 16, Elastic: true),
        new("OWNER", Rank: 4),
        new("MODE", Rank: 6),
        new("FILL", Rank: 2, Minimum: 12, Elastic: true),
        new("USERS", Rank: 1, Minimum: 16, Elastic: true),
        new("AGE", Rank: 5, RightAligned: true),
        new("STATE"),
        new("PLACE", Rank: 3),
    ];

    private static readonly TextColumn[] WideColumns =
    [
        new("ATTACHED", Rank: 9, RightAligned: true),
        new("WAITERS", Rank: 10, RightAligned: true),
        new("MADE BY", Rank: 11, RightAligned: true),
        new("LAST USED", Rank: 7, RightAligned: true),
        new("BY", Rank: 8),
    ];

    /// <summary>Which objects are asked for.</summary>
    /// <param name="o">An object.</param>
    /// <param name="selection">-p, -c, -m, --container, --pod, --namespace: an object is shown if one of its users is asked for.</param>
    /// <param name="orphans">Only orphans.</param>
    /// <param name="places">Tells where users run.</param>
    public static bool Matches(IpcObject o, FilterSelection selection, bool orphans, Places places) =>
        (!orphans || o.State == ObjectState.Orphan)
        && (selection.Mechanisms.Count == 0 || selection.Mechanisms.Contains(o.Mechanism))
        && (selection.Pids.Count == 0 || selection.Pids.Any(pid => o.Users.Any(user => user.Pid == pid)))
        && (selection.Names.Count == 0 || selection.Names.Any(name => o.Users.Any(user => user.Name == name)))
        && (!selection.AsksForPlaces || o.Users.Any(user => selection.Admits(places.Of(0, user.Pid))));

    /// <summary>Columns for people.</summary>
    /// <param name="objects">What to show.</param>
    /// <param name="wide">The further columns, too.</param>
    /// <param name="width">Of the terminal.</param>
    /// <param name="styles">Colours.</param>
    public IEnumerable<string> Table(IEnumerable<IpcObject> objects, bool wide, int width, Styles styles)
    {
        var table = new TextTable([.. Columns, .. wide ? WideColumns : []], styles);
        foreach (IpcObject o in objects)
        {
            TextCell[] cells =
            [
                KindOf(o),
                ObjectText.NameOf(o),
                users.Of(o.Uid),
                o.Mode is { } mode ? ObjectText.Octal(mode) : "",
                new(ObjectText.Fill(o), IsFull(o) ? styles.Warning : ""),
                string.Join(' ', o.Users.Select(user => $"{user.Name}[{user.Pid}]")),
                o.Since is { } since ? $"{(o.SinceCreation ? "" : "≥ ")}{Units.Duration(now - since)}" : "",
                new(o.State == ObjectState.None ? "" : StateOf(o), o.State == ObjectState.Orphan ? styles.Warning : ""),
                o.Place,
            ];
            table.Add(wide ? [.. cells, .. More(o)] : cells);
        }
        return table.Render(width);
    }

    /// <summary><c>mq</c>, <c>shm memfd</c>, <c>unix stream</c> …</summary>
    public static string KindOf(IpcObject o) => Words.Mechanisms[(int)o.Mechanism] + (o.Kind.Length > 0 ? $" {o.Kind}" : "");

    /// <summary><c>orphan</c>, <c>removed</c>, <c>unused</c>; <c>none</c>.</summary>
    public static string StateOf(IpcObject o) => o.State switch
    {
        ObjectState.Orphan => "orphan",
        ObjectState.Removed => "removed",
        ObjectState.Unused => "unused",
        _ => "none",
    };

    private TextCell[] More(IpcObject o) =>
    [
        o.Attachments is { } attached ? $"{attached}" : "",
        o.Waiters is { } waiters ? $"{waiters}" : "",
        o.Creator is { } creator ? $"{creator}" : "",
        o.LastUsed is { } used ? Units.Duration(now - used) : "",
        string.Join(' ', o.LastUsers.Where(pid => pid != 0).Distinct()),
    ];

    private static bool IsFull(IpcObject o) => o.Mechanism is Mechanism.Mq or Mechanism.SysvMsg
        && ((o.MessagesLimit > 0 && o.Messages >= o.MessagesLimit) || (o.BytesLimit > 0 && o.Bytes >= o.BytesLimit));
}
