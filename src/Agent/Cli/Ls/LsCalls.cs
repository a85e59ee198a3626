using System.Text.Json;
using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Export;
using Ipcscope.Filters;
using Ipcscope.Findings;
using Ipcscope.Waits;

namespace Ipcscope.Cli;

/// <summary><c>ls calls</c>: who is inside which call, since when, and who could end that. The longest come first.</summary>
internal static class LsCalls
{
    private static readonly TextColumn[] Columns =
    [
        new("PROCESS", Minimum: 15),
        new("OPERATION", Rank: 3),
        new("CHANNEL", Minimum: 16, Elastic: true),
        new("FOR", Minimum: 8, RightAligned: true),
        new("WAIT", Rank: 2, Minimum: 5),
        new("WAITS FOR", Rank: 1, Minimum: 20, Elastic: true),
    ];

    private static readonly TextColumn[] Wide = [new("TID", RightAligned: true), new("MECHANISM"), new("CALL")];

    /// <summary>Looks, and lists those of the processes that were asked for.</summary>
    public static IEnumerable<string> List(Seams seams, FilterSelection selection, OutputFormat format, Styles styles)
    {
        using var observer = new WaitObserver(seams.OpenEnds);
        IReadOnlyList<Wait> all = Progress.Show(
            seams.Error, "looking for calls in progress", () => observer.Look(seams.ReadCalls(), everyThread: true, clients: true).Waits);
        seams.Tell(observer.Missing);
        IEnumerable<Wait> shown = all.Where(wait => Matches(wait.Call, selection, seams.Places));
        return format == OutputFormat.Json ? Objects(shown, seams.Places) : Table(shown, seams.Places, format == OutputFormat.Wide, seams.Out.Size.Columns, styles);
    }

    /// <summary>Whether a call was asked for.</summary>
    public static bool Matches(CallInProgress call, FilterSelection selection, Places places) =>
        (selection.Pids.Count == 0 || selection.Pids.Contains(call.Pid))
        && (selection.Names.Count == 0 || selection.Names.Contains(call.Name))
        && (selection.Mechanisms.Count == 0 || selection.Mechanisms.Contains(call.Flow.Mechanism))
        && (!selection.AsksForPlaces || selection.Admits(places.Of(call.Cgroup, call.Pid)));

    /// <summary>Columns for people; those of containers if one of the calls is in one.</summary>
    public static IEnumerable<string> Table(IEnumerable<Wait> waits, Places places, bool wide, int width, Styles styles)
    {
        (Wait Wait, Place Place)[] rows = [.. waits.OrderByDescending(wait => wait.Call.Age).Select(wait => (wait, places.Of(wait.Call.Cgroup, wait.Call.Pid)))];
        bool contained = rows.Any(row => row.Place.IsContained);
        var table = new TextTable([Columns[0], .. contained ? PlaceText.Columns : [], .. wide ? Wide : [], .. Columns[1..]], styles);
        foreach ((Wait wait, Place place) in rows)
        {
            CallInProgress call = wait.Call;
            bool urgent = call.Reason is WaitReason.Full or WaitReason.Lock;
            TextCell[] more = wide ? [$"{call.Tid}", Words.Mechanisms[(int)call.Flow.Mechanism], call.Call] : [];
            table.Add([
                call.Label,
                .. contained ? PlaceText.Cells(place) : [],
                .. more,
                Words.Operations[(int)call.Flow.Operation],
                call.Channel,
                Activities.Age(call),
                new(Reason(call), urgent ? styles.Warning : ""),
                WaitText.Parties(wait),
            ]);
        }
        return table.Render(width);
    }

    /// <summary>One object a call.</summary>
    public static IEnumerable<string> Objects(IEnumerable<Wait> waits, Places places) =>
        waits.OrderByDescending(wait => wait.Call.Age).Select(wait => JsonLine.Write(json => Write(json, wait, places.Of(wait.Call.Cgroup, wait.Call.Pid))));

    /// <summary>What is to be told of a call and who could end it, as fields of an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="wait">The call.</param>
    /// <param name="place">Where its process runs, if that is not told beside it.</param>
    public static void Write(Utf8JsonWriter json, Wait wait, Place? place = null)
    {
        CallInProgress call = wait.Call;
        json.WriteString("process", call.Name);
        json.WriteNumber("pid", call.Pid);
        json.WriteNumber("tid", call.Tid);
        PlaceJson.Write(json, place ?? Place.Host);
        json.WriteString("mechanism", Words.Mechanisms[(int)call.Flow.Mechanism]);
        json.WriteString("operation", Words.Operations[(int)call.Flow.Operation]);
        json.WriteString("call", call.Call);
        json.WriteString("channel", call.Channel);
        json.WriteNumber("inode", call.Flow.Channel.Inode);
        json.WriteNumber("age_seconds", TraceJson.ToSeconds(call.Age));
        json.WriteBoolean("at_least", call.IsFromBefore);
        json.WriteString("state", call.State.ToString().ToLowerInvariant());
        json.WriteString("wait_reason", Words.Reasons[(int)call.Reason]);
        json.WriteBoolean("time_limit", call.HasTimeLimit);
        json.WriteBoolean("poll", call.IsPoll);
        if (call.Semaphore is { } semaphore)
        {
            json.WriteNumber("semaphore", semaphore);
        }
        if (wait.LostOwner != 0)
        {
            json.WriteNumber("lost_owner_tid", wait.LostOwner);
        }
        json.WriteStartArray("waits_for");
        foreach (Party party in wait.Parties)
        {
            json.WriteStartObject();
            json.WriteString("process", party.Name);
            json.WriteNumber("pid", party.Pid);
            json.WriteString("role", party.Role.ToString().ToLowerInvariant());
            json.WriteString("certainty", Words.Certainties[(int)party.Certainty]);
            json.WriteString("doing", party.Doing);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // Who reads and finds nothing is idle, which is no problem.
    private static string Reason(CallInProgress call) => call.State switch
    {
        CallState.Running => "-",
        CallState.Stopped => "stopped",
        _ => call.Reason == WaitReason.None ? "-" : Words.Reasons[(int)call.Reason],
    };
}
