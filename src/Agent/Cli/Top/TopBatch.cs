using System.Text.Json;
using Ipcscope.Decode;

namespace Ipcscope.Cli;

/// <summary><c>top -b</c>: the tables one behind the other, or JSON, for scripts.</summary>
/// <param name="sampler">Looks.</param>
/// <param name="state">What was chosen.</param>
/// <param name="output">Where tables go.</param>
/// <param name="styles">Colours.</param>
internal sealed class TopBatch(TopSampler sampler, TopState state, Output output, Styles styles)
{
    /// <summary>Prints until somebody ends it.</summary>
    /// <param name="format">Columns or JSON.</param>
    /// <param name="pace">When it ends.</param>
    /// <param name="stop">Ends it.</param>
    public void Run(OutputFormat format, Pace pace, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (pace.Duration is { } duration)
        {
            end.CancelAfter(duration);
        }
        for (ulong looks = 0; looks < (pace.Count ?? ulong.MaxValue) && !end.IsCancellationRequested; looks++)
        {
            // What was seen when the end comes is shown, too.
            _ = end.Token.WaitHandle.WaitOne(state.Interval);
            TopFrame frame = sampler.Look();
            List<TopRow> rows = frame.Rows(state.View, state.Sort, state.Reverse, activeOnly: true);
            output.WriteLines(format == OutputFormat.Json ? Objects(frame, rows) : Table(frame, rows, looks > 0));
        }
    }

    /// <summary>A heading, the rows, and an empty line between two tables.</summary>
    internal IEnumerable<string> Table(TopFrame frame, List<TopRow> rows, bool follows)
    {
        if (follows)
        {
            yield return "";
        }
        yield return TopScreen.Totals(frame);
        foreach (string line in TopTable.Build(state.View, rows, frame.Seconds, state.Wide, styles).Render(output.Size.Columns))
        {
            yield return line;
        }
    }

    /// <summary>One object for the sum, and one a row.</summary>
    internal static IEnumerable<string> Objects(TopFrame frame, List<TopRow> rows)
    {
        string time = frame.When.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'");
        yield return JsonLine.Write(json =>
        {
            Common(json, "total", time, frame, frame.All.Total);
            frame.Losses.Write(json);
            json.WriteNumber("own_cpu_seconds_per_second", Math.Round(frame.CpuShare, 6));
        });
        foreach (TopRow row in rows)
        {
            yield return JsonLine.Write(json =>
            {
                Common(json, row.Channel is null ? "process" : "channel", time, frame, row);
                json.WriteString("mechanism", row.MechanismNames());
                Identity(json, row);
                if (row.LongestWait is { } wait)
                {
                    json.WriteStartObject("longest_wait");
                    LsCalls.Write(json, wait);
                    json.WriteEndObject();
                }
            });
        }
    }

    private static void Identity(Utf8JsonWriter json, TopRow row)
    {
        if (row.Channel is { } channel)
        {
            json.WriteString("channel", channel.Name);
            json.WriteNumber("inode", channel.Key.Inode);
            json.WriteString("peer", channel.Peer);
            json.WriteString("processes", row.Users());
            EndText.Write(json, "peers", row.Peers);
            if (channel.HighWater > 0)
            {
                json.WriteNumber(channel.IsOfMessages ? "high_water_messages" : "high_water_bytes", channel.HighWater);
            }
            State(json, row);
        }
        else
        {
            json.WriteString("process", row.Name);
            json.WriteNumber("pid", row.Process?.Key.Pid ?? 0);
            PlaceJson.Write(json, row.Place);
            json.WriteNumber("channels", row.Channels);
        }
    }

    private static void State(Utf8JsonWriter json, TopRow row)
    {
        switch (row.Channel?.Mechanism)
        {
            case Mechanism.Futex:
                json.WriteNumber("waiters", row.State.Waiters);
                json.WriteNumber("owner_pid", row.Owner?.Key.Pid ?? 0);
                json.WriteNumber("last_waker_pid", row.State.Waker);
                break;
            case Mechanism.Mq:
                json.WriteNumber("priority_highest", row.State.Priority);
                break;
        }
    }

    private static void Common(Utf8JsonWriter json, string kind, string time, TopFrame frame, TopRow row)
    {
        json.WriteString("kind", kind);
        json.WriteString("time", time);
        json.WriteNumber("interval_seconds", Math.Round(frame.Seconds, 9));
        json.WriteNumber("operations", row.Operations);
        json.WriteNumber("errors", row.Errors);
        json.WriteNumber("would_block", row.WouldBlock);
        json.WriteNumber("written_bytes", row.BytesOut);
        json.WriteNumber("read_bytes", row.BytesIn);
        json.WriteNumber("operations_per_second", Math.Round(row.Operations / frame.Seconds, 3));
        JsonLine.Number(json, "duration_p50_seconds", row.P50);
        JsonLine.Number(json, "duration_p99_seconds", row.P99);
        Times(json, "delivery", row.Delivery);
        Times(json, "turnaround", row.Turnaround);
        json.WriteNumber("wait_full_seconds", TraceJson.ToSeconds(row.Waits.Waited(WaitReason.Full)));
        json.WriteNumber("wait_empty_seconds", TraceJson.ToSeconds(row.Waits.Waited(WaitReason.Empty)));
        json.WriteNumber("wait_lock_seconds", TraceJson.ToSeconds(row.Waits.Waited(WaitReason.Lock)));
    }

    private static void Times(Utf8JsonWriter json, string name, TopTimes times)
    {
        JsonLine.Number(json, $"{name}_mean_seconds", times.Mean);
        JsonLine.Number(json, $"{name}_p50_seconds", times.P50);
        JsonLine.Number(json, $"{name}_p99_seconds", times.P99);
    }
}
