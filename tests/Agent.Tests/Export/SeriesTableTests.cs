using System.Text;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Export;

public class SeriesTableTests
{
    private static readonly MetricLabel[] NameOnly = [MetricLabel.Process];
    private static readonly MetricLabel[] NameAndPid = [MetricLabel.Process, MetricLabel.Pid];

    [Fact]
    public void Images_with_equal_labels_are_one_series()
    {
        SeriesTable table = Table(NameOnly);
        table.Update([Samples.Series(Samples.Process("sh", 1), 5), Samples.Series(Samples.Process("sh", 2), 7), Samples.Series(Samples.Process("gzip", 3), 1)]);
        Assert.Equal(["gzip write 1", "sh write 12"], Shown(table));
    }

    [Fact]
    public void Pids_that_are_reused_and_images_after_exec_with_the_same_name_are_summed()
    {
        SeriesTable table = Table(NameAndPid);
        Process first = Samples.Process("sh", 9, start: 1);
        Process second = new(first.Key with { ExecId = 1 }, "sh", 0);
        Process third = Samples.Process("sh", 9, start: 2);
        table.Update([Samples.Series(first, 5), Samples.Series(second, 7), Samples.Series(third, 8)]);
        Assert.Equal(["sh write 20"], Shown(table));
    }

    [Fact]
    public void A_total_keeps_what_ended_members_counted_until_the_last_one_ends()
    {
        SeriesTable table = Table(NameOnly);
        Process first = Samples.Process("sh", 1);
        Process second = Samples.Process("sh", 2);
        table.Update([Samples.Series(first, 5), Samples.Series(second, 7)]);
        table.Update([Samples.Series(second, 9)]);
        Assert.Equal(["sh write 14"], Shown(table));
        table.Update([]);
        Assert.Empty(Shown(table));
        table.Update([Samples.Series(Samples.Process("sh", 3), 2)]);
        Assert.Equal(["sh write 2"], Shown(table));
    }

    [Fact]
    public void A_series_leaves_while_its_identity_stays()
    {
        SeriesTable table = Table(NameOnly);
        Process first = Samples.Process("sh", 1);
        Process second = Samples.Process("sh", 2);
        table.Update([Samples.Series(first, 5), Samples.Series(second, 7, operation: Operation.Read)]);
        table.Update([Samples.Series(second, 8, operation: Operation.Read)]);
        Assert.Equal(["sh read 8"], Shown(table));
    }

    [Fact]
    public void A_number_that_goes_down_for_a_while_is_neither_shown_nor_counted_twice()
    {
        SeriesTable table = Table(NameOnly);
        Process process = Samples.Process("sh", 1);
        foreach ((ulong source, string shown) in new[] { (10UL, "sh write 10"), (4UL, "sh write 10"), (9UL, "sh write 10"), (11UL, "sh write 11") })
        {
            table.Update([Samples.Series(process, source)]);
            Assert.Equal([shown], Shown(table));
        }
    }

    [Fact]
    public void The_least_active_identities_are_folded()
    {
        SeriesTable table = Table(NameOnly, maxSeries: 3);
        Process old = Samples.Process("old", 1);
        Process busy = Samples.Process("busy", 2);
        table.Update([Samples.Series(old, 1000), Samples.Series(busy, 10)]);
        for (ulong calls = 20; calls < 400; calls += 20)
        {
            table.Update([Samples.Series(old, 1000), Samples.Series(busy, calls)]);
        }
        // "old" has counted most and done nothing of late.
        table.Update([Samples.Series(old, 1000), Samples.Series(busy, 400), Samples.Series(Samples.Process("new", 3), 6), Samples.Series(Samples.Process("newer", 4), 5)]);
        Assert.Equal(["busy write 400", "new write 6", "other write 1005"], Shown(table));
        Assert.Equal(2, table.Folded);
        Assert.Equal(3, table.Shown);
    }

    [Fact]
    public void What_is_folded_stays_folded_and_other_keeps_the_counts()
    {
        SeriesTable table = Table(NameOnly, maxSeries: 2);
        Process first = Samples.Process("first", 1);
        Process second = Samples.Process("second", 2);
        Process third = Samples.Process("third", 3);
        table.Update([Samples.Series(first, 100), Samples.Series(second, 2), Samples.Series(third, 1)]);
        Assert.Equal(["first write 100", "other write 3"], Shown(table));
        table.Update([Samples.Series(first, 100), Samples.Series(second, 5000), Samples.Series(third, 1)]);
        Assert.Equal(["first write 100", "other write 5001"], Shown(table));
        table.Update([Samples.Series(second, 5001), Samples.Series(third, 1)]);
        Assert.Equal(["other write 5002"], Shown(table));
        table.Update([]);
        Assert.Equal(["other write 5002"], Shown(table));
        // Its first life is over; there is room in the second.
        table.Update([Samples.Series(Samples.Process("second", 4), 3)]);
        Assert.Equal(["other write 5002", "second write 3"], Shown(table));
    }

    [Fact]
    public void A_later_series_of_a_folded_identity_is_folded_too()
    {
        SeriesTable table = Table(NameOnly, maxSeries: 2);
        Process first = Samples.Process("first", 1);
        Process second = Samples.Process("second", 2);
        Process third = Samples.Process("third", 3);
        table.Update([Samples.Series(first, 100), Samples.Series(second, 2), Samples.Series(third, 1)]);
        table.Update([Samples.Series(second, 2), Samples.Series(second, 4, operation: Operation.Read)]);
        Assert.Equal(["other read 4", "other write 3"], Shown(table));
        Assert.Equal(3, table.Folded);
    }

    [Fact]
    public void A_process_that_is_called_other_shares_the_line_of_the_folded()
    {
        SeriesTable table = Table(NameOnly, maxSeries: 2);
        SeriesSample other = Samples.Series(Samples.Process("other", 1), 1);
        table.Update([other, Samples.Series(Samples.Process("b", 2), 10), Samples.Series(Samples.Process("c", 3), 5)]);
        Assert.Equal(["b write 10", "other write 6"], Shown(table));
        table.Update([Samples.Series(Samples.Process("b", 2), 10)]);
        Assert.Equal(["b write 10", "other write 6"], Shown(table));
    }

    [Fact]
    public void The_overflow_series_is_other()
    {
        SeriesTable table = Table(NameAndPid);
        table.Update([Samples.Series(Samples.Overflow, 8), Samples.Series(Samples.Process("a", 2), 1)]);
        Assert.Equal(["a write 1", "other write 8"], Shown(table));
        Assert.Equal(0, table.Folded);
        Assert.Equal(1, table.Processes[(int)Mechanism.Pipe]);
    }

    [Fact]
    public void Without_labels_there_is_one_series_for_each_mechanism_and_operation()
    {
        SeriesTable table = Table([], maxSeries: 1);
        table.Update([Samples.Series(Samples.Process("a", 1), 8), Samples.Series(Samples.Process("b", 2), 1), Samples.Series(Samples.Overflow, 1)]);
        MetricSeries series = Assert.Single(table.Series.ToArray());
        Assert.Equal("mechanism=\"pipe\",operation=\"write\"", Encoding.UTF8.GetString(series.Labels));
        Assert.Equal(10UL, series.Total.Operations);
    }

    [Fact]
    public void Via_and_detail_tell_series_apart_and_stand_behind_the_operation()
    {
        SeriesTable table = Table(NameOnly);
        Process process = Samples.Process("sh", 1);
        SeriesSample signal = Samples.Series(process, 5, Mechanism.Signal, Operation.Send);
        SeriesSample pass = Samples.Series(process, 8, Mechanism.Unix, Operation.Pass);
        table.Update(
        [
            signal, signal with { Via = Via.Kernel }, signal with { Detail = (byte)SignalFate.Coalesced },
            pass, pass with { Detail = (byte)Mechanism.Pipe }, Samples.Series(process, 2) with { Via = Via.IoUring },
        ]);
        Assert.Equal(
            [
                "mechanism=\"signal\",operation=\"send\"", "mechanism=\"signal\",operation=\"send\",via=\"kernel\"",
                "mechanism=\"signal\",operation=\"send\",detail=\"coalesced\"", "mechanism=\"unix\",operation=\"pass\",detail=\"file\"",
                "mechanism=\"unix\",operation=\"pass\",detail=\"pipe\"", "mechanism=\"pipe\",operation=\"write\",via=\"io_uring\"",
            ],
            table.Series.ToArray().Select(series => Encoding.UTF8.GetString(series.Labels)["process=\"sh\",".Length..]));
        Assert.Equal([5UL, 5UL, 5UL, 8UL, 8UL, 2UL], table.Series.ToArray().Select(series => series.Total.Operations));
        Assert.Equal(1, table.Processes[(int)Mechanism.Signal]);
    }

    [Fact]
    public void Details_without_a_word_are_one_series_and_neither_is_counted_twice()
    {
        SeriesTable table = Table(NameOnly);
        SeriesSample read = Samples.Series(Samples.Process("sh", 1), 5, operation: Operation.Read);
        table.Update([read, read with { Detail = 7 }]);
        table.Update([read, read with { Detail = 7 }]);
        Assert.Equal(["sh read 10"], Shown(table));
    }

    [Fact]
    public void Errors_are_kept_by_number_in_the_same_way()
    {
        SeriesTable table = Table(NameOnly);
        Process first = Samples.Process("sh", 1);
        Process second = Samples.Process("sh", 2);
        table.Update([Samples.Series(first, 1).Failing(new ErrorCount(32, 2)), Samples.Series(second, 1).Failing(new ErrorCount(9, 1), new ErrorCount(32, 1))]);
        table.Update([Samples.Series(second, 1).Failing(new ErrorCount(9, 4), new ErrorCount(32, 2))]);
        Assert.Equal([new ErrorCount(32, 4), new ErrorCount(9, 4)], Assert.Single(table.Series.ToArray()).Errors.Counts.ToArray());
    }

    [Fact]
    public void Only_running_processes_count_as_processes()
    {
        SeriesTable table = Table(NameOnly);
        Process ended = Samples.Process("sh", 1);
        ended.EndedAt = 5;
        Process running = Samples.Process("sh", 2);
        table.Update(
            [Samples.Series(ended, 1), Samples.Series(running, 1), Samples.Series(running, 1, operation: Operation.Read), Samples.Series(running, 1, Mechanism.Udp, Operation.Send)]);
        Assert.Equal(
            [Mechanism.Pipe, Mechanism.Udp], Enum.GetValues<Mechanism>().Where(mechanism => table.Processes[(int)mechanism] == 1));
        Assert.Equal(2, table.Processes.ToArray().Sum());
    }

    // What was counted under the id goes on under the name; what others have counted under it stays there.
    [Theory]
    [InlineData(false, "pod-a write 13")]
    [InlineData(true, "pod-a write 3", "uid-a write 17")]
    public void A_name_that_becomes_known_takes_the_counts_along_that_nobody_shares(bool shared, params string[] expected)
    {
        var names = new Ipcscope.Enrich.PodTable(TimeProvider.System);
        SeriesTable table = new(new IdentityLabels([MetricLabel.Pod], places: new Ipcscope.Enrich.Places(names)), 100);
        Process first = InPod(1, Uid), second = InPod(2, Uid), other = InPod(3, shared ? Uid : "");
        table.Update([Samples.Series(first, 4), Samples.Series(second, 6), .. shared ? [Samples.Series(other, 7)] : Array.Empty<SeriesSample>()]);
        names.Set(new Ipcscope.Enrich.Pod(Uid, "pod-a", "shop", "", new Dictionary<string, string>()));
        if (shared)
        {
            other.Where.Place = new() { Pod = Uid, IsComplete = true }; // nobody tells it the name
        }
        table.Update([Samples.Series(first, 5), Samples.Series(second, 8), .. shared ? [Samples.Series(other, 7)] : Array.Empty<SeriesSample>()]);
        Assert.Equal(expected.Select(line => line.Replace("uid-a", Uid, StringComparison.Ordinal)).Order(StringComparer.Ordinal), Shown(table));
    }

    private const string Uid = "1b2c3d4e-0000-1111-2222-333344445555";

    private static Process InPod(uint pid, string uid) => new(new ProcessKey(1, pid, 0), "sh", pid)
    {
        Where = new Ipcscope.Enrich.Cgroup(uid.Length > 0 ? $"/kubepods/pod{uid}/{new string((char)('a' + pid), 64)}" : "/"),
    };

    private static SeriesTable Table(MetricLabel[] labels, int maxSeries = 100) =>
        new(new IdentityLabels(labels), maxSeries);

    private static IEnumerable<string> Shown(SeriesTable table) =>
        table.Series.ToArray()
            .Select(static series => $"{Encoding.UTF8.GetString(series.Labels).Split('"')[1]} {Words.Operations[(int)series.Deed.Operation]} {series.Total.Operations}")
            .Order(StringComparer.Ordinal);
}
