using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Cli.Bench;

namespace Ipcscope.Tests.Cli;

/// <summary>What <c>bench</c> makes of what was measured, and of what was typed.</summary>
public sealed class BenchTests
{
    private static readonly double[] Plain = [2.1e-6, 4.8e-6, 4.3e-6, 9.1e-6, 22e6, 1.1e9, 2.1e9, 2.0e9];
    private static readonly double[] Attached = [2.3e-6, 5.0e-6, 4.9e-6, 9.0e-6, 11e6, 1.1e9, 2.1e9, 2.0e9];

    private static readonly BenchMachine Machine = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero), "0.1.0+abc", "6.18.5", 2, "apart", "realtime");

    private static BenchFile Run(double factor = 1) => new(Machine,
    [
        BenchRow.Of("pipe", false, [[.. Plain.Select(value => value * factor)]], "", ""),
        BenchRow.Of("pipe", true, [[.. Attached.Select(value => value * factor)]], "", ""),
        BenchRow.Of("mq", false, [], "mq_open: EMFILE (Too many open files)", ""),
        BenchRow.Of("mq", true, [], "mq_open: EMFILE (Too many open files)", ""),
    ]);

    private static string[] Table(BenchFile? earlier = null, bool wide = false, int width = int.MaxValue) =>
        [.. new BenchTable(Run(), earlier, wide, Styles.None).Render(width)];

    private static ICapture Refuse(CaptureOptions options) => throw new CaptureException(ExitStatus.NotPermitted, "cannot load: why (what to do)");

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(99, 50, 99)]
    [InlineData(100, 50, 99)]
    [InlineData(101, 51, 100)]
    [InlineData(1000, 500, 990)]
    public void Percentiles_are_real_samples(int count, long p50, long p99)
    {
        long[] samples = [.. Enumerable.Range(1, count).Select(n => (long)n).Reverse()];
        Assert.Equal(new BenchPercentiles(p50, p99), BenchPercentiles.Of(samples));
    }

    [Theory]
    [InlineData(2.0, 3.0, 1.0, 2.0)]
    [InlineData(2.5, 1.0, 4.0, 3.0, 2.0)]
    [InlineData(7.0, 7.0)]
    public void Medians_are_in_the_middle(double expected, params double[] values) => Assert.Equal(expected, BenchRow.Median(values));

    [Fact]
    public void Rounds_become_one_row()
    {
        BenchRow row = BenchRow.Of("pipe", false, [Plain, Attached, Attached], "", "note");
        Assert.Equal((3, "", "note"), (row.Rounds, row.Failure, row.Note));
        Assert.Equal(Attached[..7], row.Figures[..7]);
    }

    [Fact]
    public void The_table_has_both_halves_and_says_what_is_missing() => Assert.Equal(
        [
            "MECHANISM     ONE-WAY  ONE-WAY P99  ROUND TRIP  ROUND TRIP P99      64 B      4 KiB     64 KiB      1 MiB",
            "pipe           2.1 µs       4.8 µs      4.3 µs          9.1 µs  21 MiB/s  1.0 GiB/s  2.0 GiB/s  1.9 GiB/s",
            "  with agent   2.3 µs       5.0 µs      4.9 µs          9.0 µs  10 MiB/s  1.0 GiB/s  2.0 GiB/s  1.9 GiB/s",
            "mq [1]              –            –           –               –         –          –          –          –",
            "[1] not measured: mq_open: EMFILE (Too many open files)",
        ],
        Table());

    [Fact]
    public void What_the_agent_adds_has_a_line_of_its_own() =>
        Assert.Equal("  difference  +200 ns      +200 ns     +600 ns         -100 ns     -50 %       +0 %       +0 %       +0 %", Table(wide: true)[3]);

    [Fact]
    public void A_comparison_is_a_ratio_of_each_figure()
    {
        string[] lines = Table(Run(0.5));
        Assert.Equal("  to then       2.00×        2.00×       2.00×           2.00×     2.00×      2.00×      2.00×      2.00×", lines[2]);
        Assert.Equal(lines[2], lines[4]);
    }

    [Fact]
    public void A_narrow_terminal_drops_columns()
    {
        Assert.Equal("pipe           2.1 µs      4.3 µs  21 MiB/s  1.0 GiB/s  2.0 GiB/s  1.9 GiB/s", Table(width: 80)[1]);
        for (int width = 30; width < 120; width++)
        {
            Assert.All(Table(Run(2), true, width), line => Assert.InRange(DisplayText.Width(line), 0, width));
        }
    }

    [Fact]
    public void Json_has_base_units() => Assert.Equal(
        [
            """{"schema":1,"kind":"machine","time":"2026-05-01T12:00:00Z","version":"0.1.0+abc","kernel":"6.18.5","processors":2,"placement":"apart","priority":"realtime"}""",
            """{"schema":1,"kind":"mechanism","mechanism":"pipe","agent":false,"rounds":1,"one_way_p50_seconds":2.1E-06,"one_way_p99_seconds":4.8E-06,"round_trip_p50_seconds":4.3E-06,"round_trip_p99_seconds":9.1E-06,"throughput_64b_bytes_per_second":22000000,"throughput_4kib_bytes_per_second":1100000000,"throughput_64kib_bytes_per_second":2100000000,"throughput_1mib_bytes_per_second":2000000000,"failure":"","note":""}""",
        ],
        Run().Lines(null).Take(2));

    [Fact]
    public void Json_has_nothing_where_there_is_nothing() => Assert.Equal(
        """{"schema":1,"kind":"mechanism","mechanism":"mq","agent":true,"rounds":0,"one_way_p50_seconds":null,"one_way_p99_seconds":null,"round_trip_p50_seconds":null,"round_trip_p99_seconds":null,"throughput_64b_bytes_per_second":null,"throughput_4kib_bytes_per_second":null,"throughput_64kib_bytes_per_second":null,"throughput_1mib_bytes_per_second":null,"failure":"mq_open: EMFILE (Too many open files)","note":""}""",
        Run().Lines(null).Last());

    [Fact]
    public void A_saved_run_comes_back_as_it_was()
    {
        string path = Path.GetTempFileName();
        Run().Save(path);
        var read = BenchFile.Load(path);
        Assert.Equal(Run().Lines(null), read.Lines(null));
        // As compared output is a run, too, it can be compared with.
        File.WriteAllLines(path, Run().Lines(Run(2)));
        Assert.Equal([.. Enumerable.Repeat(1.0, 8)], BenchFile.Load(path).Ratios(Run().Rows[0]));
        File.Delete(path);
    }

    [Theory]
    [InlineData("line 1 is not one that ipcscope bench --save wrote", "no JSON")]
    [InlineData("line 1 is not one that ipcscope bench --save wrote", """{"schema":2,"kind":"machine"}""")]
    [InlineData("line 1 is not one that ipcscope bench --save wrote", """{"schema":1,"kind":"machine","time":7}""")]
    [InlineData("line 1 is not one that ipcscope bench --save wrote", """[1]""")]
    [InlineData("line 1 is not one that ipcscope bench --save wrote", """{"schema":1,"kind":"mechanism","mechanism":"pipe"}""")]
    [InlineData("it holds no run of ipcscope bench --save", "")]
    public void What_is_no_run_is_refused_before_anything_is_measured(string why, string content)
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, content);
        Typed typed = Typed.Run("bench", "--no-agent", "--compare", path);
        Assert.Equal([$"ipcscope: --compare: cannot read \"{path}\": {why}"], typed.ErrorLines);
        Assert.Equal((ExitStatus.Usage, ""), (typed.Status, typed.Output));
        File.Delete(path);
    }

    [Theory]
    [InlineData(ExitStatus.Usage, "ipcscope: --compare: cannot read \"/nowhere/x\": there is no such file", "--compare", "/nowhere/x")]
    [InlineData(ExitStatus.Failed, "ipcscope: --save: cannot write \"/nowhere/x\": there is no such directory", "--save", "/nowhere/x")]
    [InlineData(ExitStatus.Failed, "ipcscope: --save: cannot write \"/tmp\": it is a directory", "--save", "/tmp")]
    [InlineData(ExitStatus.Usage, "ipcscope: --duration: found \"1ms\"; allowed: 1.0 s to 24 h, with a unit (ns, us, µs, ms, s, m, h) (see ipcscope bench --help)", "-d", "1ms")]
    [InlineData(ExitStatus.Usage, "ipcscope: --placement: found \"far\"; allowed: apart, same (see ipcscope bench --help)", "--placement", "far")]
    public void Mistakes_are_one_clear_line(int status, string expected, params string[] arguments)
    {
        Typed typed = Typed.Run(["bench", "--no-agent", .. arguments]);
        Assert.Equal([expected], typed.ErrorLines);
        Assert.Equal((status, ""), (typed.Status, typed.Output));
    }

    [Fact]
    public void An_unknown_mechanism_is_answered_with_those_that_there_are()
    {
        Typed typed = Typed.Run("bench", "-m", "unix_dgrm");
        Assert.StartsWith("ipcscope: --mechanism: found \"unix_dgrm\" (did you mean \"unix_dgram\"?); allowed: pipe, fifo, ", Assert.Single(typed.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Usage, typed.Status);
    }

    [Fact]
    public void A_duration_is_divided_among_all_that_is_measured()
    {
        BenchMechanism[] two = [BenchMechanisms.Find("pipe"), BenchMechanisms.Find("futex")];
        var plan = BenchPlan.Make(two, quick: false, TimeSpan.FromSeconds(70.2), sides: 2, BenchPlacement.Apart, realTime: false);
        // 5 rounds, 2 sides, 5 + 1 kinds of work; 60 ms to start each of 2, and 15 % for trials.
        Assert.Equal((5, TimeSpan.FromSeconds(1)), (plan.Rounds, plan.Work));
        Assert.Equal(TimeSpan.FromMilliseconds(5), BenchPlan.Make(two, quick: true, TimeSpan.FromMilliseconds(1), sides: 2, BenchPlacement.Apart, realTime: false).Work);
    }

    [Fact]
    public void Progress_is_a_line_for_each_half_of_a_round()
    {
        using var error = new StringWriter();
        var progress = new BenchProgress(error, null);
        progress.Show(1, 5, false, "pipe");
        progress.Show(1, 5, false, "fifo");
        progress.Show(1, 5, true, "pipe");
        progress.End();
        Assert.Equal("ipcscope: round 1 of 5, without the agent …\nipcscope: round 1 of 5, with the agent …\n", error.ToString());
    }

    [Fact]
    public void On_a_terminal_progress_is_one_line_that_goes()
    {
        using var error = new StringWriter();
        var progress = new BenchProgress(error, 50);
        progress.Show(1, 5, false, "unix_seqpacket");
        progress.End();
        Assert.Equal("\r\e[Kipcscope: round 1 of 5, without the agent: unix_…\r\e[K", error.ToString());
    }

    [Fact]
    public void What_makes_figures_differ_is_named()
    {
        Assert.Equal("", Machine.Differences(Machine with { Version = "0.2.0", Time = default }));
        Assert.Equal(
            "kernel 6.1.0 there, 6.18.5 here, 8 processors there, 2 here, placement same there, apart here, priority normal there, realtime here",
            Machine.Differences(Machine with { Kernel = "6.1.0", Processors = 8, Placement = "same", Priority = "normal" }));
    }

    [Fact]
    public void Without_permission_the_first_half_is_measured_and_the_reason_said()
    {
        // The two processes are the real binary, which stands beside this test.
        var seams = new Seams { Self = Path.Combine(AppContext.BaseDirectory, "ipcscope"), StartCapture = Refuse };
        Typed typed = Typed.Run(seams, "bench", "--quick", "-d", "1s", "-m", "pipe", "-o", "json");
        Assert.Equal(ExitStatus.Success, typed.Status);
        Assert.Equal("ipcscope: measuring without the agent only: cannot load: why (what to do)", typed.ErrorLines[0]);
        Assert.Equal(2, typed.OutputLines.Length);
        Assert.Contains("\"mechanism\":\"pipe\",\"agent\":false,\"rounds\":2,", typed.OutputLines[1], StringComparison.Ordinal);
    }
}
