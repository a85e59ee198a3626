using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Tests.Export;
using Ipcscope.Waits;

namespace Ipcscope.Tests.Cli;

public sealed class TopScreenTests
{
    private static readonly TerminalSize Standard = new(80, 24);

    // Shared state is the terminal's: flows 1 to n, the first one the busiest.
    private static TopFrame Frame(int rows, string name = "pipe:[{0}]")
    {
        using var capture = new FakeCapture(new CaptureOptions());
        var clock = new FakeClock();
        using var waits = new WaitObserver(static () => new FakeEnds([]));
        var sampler = new TopSampler(capture, clock, waits, Ipcscope.Enrich.Places.OfIds);
        Process process = Samples.Process("fifteen-letters", 4_194_304);
        List<FlowSample> flows = [];
        List<SeriesSample> series = [];
        for (int i = 1; i <= rows; i++)
        {
            FlowSample flow = Samples.Flow(process, (ulong)i);
            flow.Channel.Name = string.Format(null, name, i);
            flow.Counters = Samples.Series(process, (ulong)(1_000_000 / i)).Counters;
            flows.Add(flow);
            series.Add(Samples.Series(Samples.Process("gzip", (uint)i), (ulong)(1_000_000 / i)));
        }
        capture.Source.SetFlows([.. flows]);
        capture.Source.Set([.. series]);
        clock.Advance(TimeSpan.FromSeconds(1));
        return sampler.Look();
    }

    [Fact]
    public void It_fits_80_by_24()
    {
        IReadOnlyList<string> lines = new TopScreen(Styles.None).Compose(new TopState(), Frame(30), Standard);
        Assert.Equal(24, lines.Count);
        Assert.Matches("^ipcscope top  12:01:04  every 1 s  30 of 16,384 flows  0 lost  own CPU [0-9.]+ %$", lines[0]);
        Assert.Equal("4.0 M ops/s  out 244 MiB/s  in 0/s  p50 2.0 ms  p99 2.0 ms  0 errors/s", lines[1]);
        Assert.Equal("channels by ops  1–19 of 30", lines[2]);
        Assert.Equal("CHANNEL        PROCESSES                  OPS/S   BYTES/S     P50     P99  ERR/S", lines[3]);
        Assert.Equal("q quit  space pause  / filter  tab channels/processes  s sort  ? help", lines[23]);
        Assert.All(lines, line => Assert.InRange(DisplayText.Width(line), 0, 80));
    }

    [Theory]
    [InlineData(nameof(TopView.Channels))]
    [InlineData(nameof(TopView.Processes))]
    public void No_terminal_is_too_small(string rowsOf)
    {
        TopView view = Enum.Parse<TopView>(rowsOf);
        TopFrame frame = Frame(30, "/run/a/long/path/of/a/socket/日本/number/{0}.sock");
        for (int columns = 1; columns < 200; columns += 3)
        {
            for (int rows = 1; rows < 60; rows += 7)
            {
                foreach (bool help in (bool[])[true, false])
                {
                    var state = new TopState { View = view, Help = help, Filter = new string('f', 100), Wide = true };
                    IReadOnlyList<string> lines = new TopScreen(Styles.None).Compose(state, frame, new TerminalSize(columns, rows));
                    Assert.Equal(rows, lines.Count);
                    Assert.All(lines, line => Assert.InRange(DisplayText.Width(line), 0, columns));
                }
            }
        }
    }

    [Fact]
    public void Scrolling_ends_at_the_last_row()
    {
        var state = new TopState { First = int.MaxValue };
        IReadOnlyList<string> lines = new TopScreen(Styles.None).Compose(state, Frame(30), Standard);
        Assert.Equal(11, state.First);
        Assert.Equal("channels by ops  12–30 of 30", lines[2]);
        Assert.StartsWith("pipe:[30]", lines[22], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_show_is_said()
    {
        IReadOnlyList<string> lines = new TopScreen(Styles.None).Compose(new TopState(), Frame(0), Standard);
        Assert.Equal("channels by ops  none", lines[2]);
        Assert.Equal("No channel has been used yet.", lines[4]);
    }

    [Fact]
    public void A_filter_is_typed_where_its_fault_is_shown()
    {
        var state = new TopState { Typing = "mech = unix", Fault = "column 1: unknown field \"mech\"" };
        Assert.Equal("filter: mech = unix▏  column 1: unknown field \"mech\"", new TopScreen(Styles.None).Compose(state, Frame(1), Standard)[2]);
    }

    [Fact]
    public void Pause_is_shown() => Assert.StartsWith(
        "PAUSED  channels by ops", new TopScreen(Styles.None).Compose(new TopState { Paused = true }, Frame(1), Standard)[2], StringComparison.Ordinal);

    [Fact]
    public void Help_names_every_key()
    {
        string screen = string.Join('\n', new TopScreen(Styles.None).Compose(new TopState { Help = true }, Frame(1), Standard));
        Assert.All(TopKeys.All, key => Assert.Contains(key.Key, screen, StringComparison.Ordinal));
    }

    [Fact]
    public void Batch_prints_totals_and_rows()
    {
        TopFrame frame = Frame(2);
        var batch = new TopBatch(null!, new TopState(), new Output(1), Styles.None);
        Assert.Equal(
            [
                "1.5 M ops/s  out 92 MiB/s  in 0/s  p50 2.0 ms  p99 2.0 ms  0 errors/s",
                "CHANNEL        MECHANISM  PROCESSES                  OPS/S   BYTES/S     P50     P99  ERR/S         WAIT  WAITS FOR",
                "pipe:[1]       pipe       fifteen-letters[4194304]   1.0 M    61 MiB  2.0 ms  2.0 ms      0",
                "pipe:[2]       pipe       fifteen-letters[4194304]   500 k    31 MiB  2.0 ms  2.0 ms      0",
            ],
            batch.Table(frame, frame.Rows(TopView.Channels, TopSort.Ops, false, true), follows: false));
    }

    [Fact]
    public void Json_has_base_units()
    {
        TopFrame frame = Frame(1);
        string[] lines = [.. TopBatch.Objects(frame, frame.Rows(TopView.Channels, TopSort.Ops, false, true))];
        Assert.StartsWith(
            """{"schema":1,"kind":"total","time":"2026-11-23T10:01:04.0000000Z","interval_seconds":1,"operations":1000000,"errors":0,"would_block":0,"written_bytes":64000000,"read_bytes":0,"operations_per_second":1000000,"duration_p50_seconds":0.001953125,"duration_p99_seconds":0.001953125,"delivery_mean_seconds":null,"delivery_p50_seconds":null,"delivery_p99_seconds":null,"turnaround_mean_seconds":null,"turnaround_p50_seconds":null,"turnaround_p99_seconds":null,"wait_full_seconds":0.000000000,"wait_empty_seconds":0.000000000,"wait_lock_seconds":0.000000000,"lost":0,"own_cpu_seconds_per_second":""",
            lines[0], StringComparison.Ordinal);
        Assert.Equal(
            """{"schema":1,"kind":"channel","time":"2026-11-23T10:01:04.0000000Z","interval_seconds":1,"operations":1000000,"errors":0,"would_block":0,"written_bytes":64000000,"read_bytes":0,"operations_per_second":1000000,"duration_p50_seconds":0.001953125,"duration_p99_seconds":0.001953125,"delivery_mean_seconds":null,"delivery_p50_seconds":null,"delivery_p99_seconds":null,"turnaround_mean_seconds":null,"turnaround_p50_seconds":null,"turnaround_p99_seconds":null,"wait_full_seconds":0.000000000,"wait_empty_seconds":0.000000000,"wait_lock_seconds":0.000000000,"mechanism":"pipe","channel":"pipe:[1]","inode":1,"peer":"","processes":"fifteen-letters[4194304]","peers":[]}""",
            lines[1]);
    }

    [Fact]
    public void Times_in_the_queue_and_until_answers_are_shown_when_wide()
    {
        var channel = new Channel(new ChannelKey(5, 9, 0), Mechanism.Unix) { Name = "/run/s", Kind = ChannelKind.Stream, HighWater = 65536 };
        var row = new TopRow(channel.Name, channel, null);
        FlowCounters growth = default;
        growth.Size[7] = 100;
        growth.DeliveryTime = 300_000; // of 1,024 ns
        growth.Delivery[12] = 98;
        growth.Delivery[20] = 2;
        growth.TurnaroundNs = 50_000_000;
        growth.Turnaround[18] = 10;
        row.Add(Samples.Process("client", 7), Mechanism.Unix, Operation.Receive, growth);
        row.Complete();
        string[] lines = [.. TopTable.Build(TopView.Channels, [row], 1, wide: true, Styles.None).Render(240)];
        Assert.EndsWith("DELIVERY      TURNAROUND  HIGH WATER", lines[0].TrimEnd()[..lines[0].IndexOf("  WAITS", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("3.1 ms / 63 ms  5.0 ms / 16 ms      64 KiB", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("DELIVERY", TopTable.Build(TopView.Channels, [row], 1, wide: false, Styles.None).Render(240).First(), StringComparison.Ordinal);
    }
}
