using System.Text;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Cli;

public sealed class TraceTableTests
{
    private static string Line(in OperationRecord record, Channel? channel = null, int width = 111, Styles? styles = null, string? peer = null)
    {
        var table = new TraceTable(new WallClock(new FakeClock()), styles ?? Styles.None, TraceLayout.For(width), Ipcscope.Enrich.Places.OfIds);
        byte[] target = new byte[table.MaximumLength];
        string line = Encoding.UTF8.GetString(target, 0, table.Format(record, channel, peer ?? channel?.Peer ?? "", target));
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        return line[..^1];
    }

    [Fact]
    public void A_line_is_as_in_the_contract() => Assert.Equal(
        [
            "TIME             PROCESS            DIR  MECHANISM   PEER             OP        SIZE      TIME     WAIT",
            "12:01:03.114201  producer[4312]     →    unix        redis[981]       send      512 B     41 µs    0",
            "12:01:03.114201  producer[4312]     →    unix        redis[981]       send      512 B     41 µs    41 µs full",
        ],
        [
            TraceLayout.For(111).Heading(), Line(Operations.Send(), Operations.Socket(), 111),
            Line(Operations.Send().With(OperationMarks.Waited), Operations.Socket(), 111),
        ]);

    [Theory]
    [InlineData(Mechanism.Unix, Operation.Receive, OperationMarks.Waited, "41 µs    41 µs empty")]
    [InlineData(Mechanism.Futex, Operation.Wait, OperationMarks.Waited, "41 µs    41 µs lock")]
    [InlineData(Mechanism.Futex, Operation.Wake, OperationMarks.None, "41 µs    -")]
    [InlineData(Mechanism.Shm, Operation.Map, OperationMarks.Waited, "41 µs    -")]
    [InlineData(Mechanism.Unix, Operation.Pass, OperationMarks.Unmeasured, "-        -  file")]
    [InlineData(Mechanism.Unix, Operation.Send, OperationMarks.Continued | OperationMarks.Waited, "-        -")]
    public void Waiting_has_a_reason(Mechanism mechanism, Operation operation, OperationMarks marks, string expected) =>
        Assert.EndsWith(expected, Line(Operations.Send().With(mechanism, operation).With(marks), width: int.MaxValue), StringComparison.Ordinal);

    [Theory]
    [InlineData(Operation.Write, "→")]
    [InlineData(Operation.Send, "→")]
    [InlineData(Operation.Connect, "→")]
    [InlineData(Operation.Read, "←")]
    [InlineData(Operation.Receive, "←")]
    [InlineData(Operation.Peek, "←")]
    [InlineData(Operation.Accept, "←")]
    [InlineData(Operation.Post, "→")]
    [InlineData(Operation.Wake, "→")]
    [InlineData(Operation.Pass, "→")]
    [InlineData(Operation.Sync, "→")]
    [InlineData(Operation.Wait, "←")]
    [InlineData(Operation.Take, "←")]
    [InlineData(Operation.Getfd, "←")]
    [InlineData(Operation.Shutdown, "–")]
    [InlineData(Operation.Map, "–")]
    [InlineData(Operation.Control, "–")]
    public void The_arrow_points_the_way_the_data_goes(Operation operation, string arrow) =>
        Assert.Contains($"]     {arrow}    unix  ", Line(Operations.Send().With(Mechanism.Unix, operation), width: 111), StringComparison.Ordinal);

    [Fact]
    public void A_failed_operation_shows_its_errno_for_its_size() => Assert.EndsWith(
        "send      EPIPE     41 µs    0", Line(Operations.Send(result: -32), Operations.Socket()), StringComparison.Ordinal);

    [Fact]
    public void Errors_are_red() => Assert.Contains(
        "\e[31mECONNREFUSED\e[0m  41 µs", Line(Operations.Send(result: -111), styles: Styles.Colored, width: int.MaxValue), StringComparison.Ordinal);

    [Fact]
    public void What_is_only_looked_at_is_in_brackets() => Assert.EndsWith(
        "peek      (512 B)   41 µs    0", Line(Operations.Send().With(Mechanism.Unix, Operation.Peek)), StringComparison.Ordinal);

    [Fact]
    public void Operations_that_move_nothing_have_no_size() => Assert.EndsWith(
        "accept    -         41 µs    0", Line(Operations.Send(result: 0).With(Mechanism.Unix, Operation.Accept)), StringComparison.Ordinal);

    [Theory]
    [InlineData(OperationMarks.Untimed, "512 B     -        -")]
    [InlineData(OperationMarks.Continued, "512 B     -        -")]
    [InlineData(OperationMarks.Truncated, "512 B     41 µs    0  truncated")]
    [InlineData(OperationMarks.Truncated | OperationMarks.Interrupted, "-         41 µs    0  killed inside, truncated")]
    [InlineData(OperationMarks.Interrupted, "-         41 µs    0  killed inside")]
    public void Marks_are_said(OperationMarks marks, string expected) =>
        Assert.EndsWith(expected, Line(Operations.Send().With(marks), width: int.MaxValue), StringComparison.Ordinal);

    [Fact]
    public void Our_own_operations_are_marked() =>
        Assert.EndsWith("41 µs    0  ipcscope itself", Line(Operations.Send(pid: (uint)Environment.ProcessId), width: int.MaxValue), StringComparison.Ordinal);

    [Fact]
    public void Without_a_peer_the_channel_is_named()
    {
        Assert.Contains(" socket:[4711] ", Line(Operations.Send(), Operations.Socket(peer: "")), StringComparison.Ordinal);
        Assert.Contains(" pipe:[4711] ", Line(Operations.Send().With(Mechanism.Pipe, Operation.Write)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_and_a_futex_are_named_beside_who_is_at_the_other_end()
    {
        OperationRecord signal = Operations.Send(result: 0).With(Mechanism.Signal, Operation.Send);
        signal.Flow = signal.Flow with { Channel = new ChannelKey(981, 15, 7), Detail = (byte)SignalFate.Ignored };
        Assert.Contains("→    signal      SIGTERM → redis[981]      send      -  ", Line(signal, null, int.MaxValue, peer: "redis[981]"), StringComparison.Ordinal);
        Assert.EndsWith("  ignored", Line(signal, null, int.MaxValue), StringComparison.Ordinal);
        signal.Flow = signal.Flow with { Operation = Operation.Receive, Via = Via.Kernel, Detail = 0 };
        Assert.Contains("←    signal      SIGTERM ← kernel  ", Line(signal, null, int.MaxValue, peer: "kernel"), StringComparison.Ordinal);
        Assert.EndsWith("  via kernel", Line(signal, null, int.MaxValue), StringComparison.Ordinal);
        Assert.Contains(" SIGTERM → [981] ", Line(signal, null, int.MaxValue), StringComparison.Ordinal);
        OperationRecord wait = Operations.Send(result: 0).With(Mechanism.Futex, Operation.Wait);
        var futex = new Channel(wait.Flow.Channel, Mechanism.Futex) { Name = "sem.jobs+0x0" };
        Assert.Contains(" sem.jobs+0x0 ← api[4310] ", Line(wait, futex, int.MaxValue, peer: "api[4310]"), StringComparison.Ordinal);
        Assert.Contains(" sem.jobs+0x0  ", Line(wait, futex, int.MaxValue), StringComparison.Ordinal);
    }

    [Fact]
    public void Off_a_terminal_nothing_is_cut()
    {
        string peer = new('x', 108);
        string line = Line(Operations.Send("fifteen-letters", 4_194_304), Operations.Socket(peer), int.MaxValue);
        Assert.Contains(" fifteen-letters[4194304]  →    unix        " + peer + "  send ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_cannot_command_the_terminal()
    {
        OperationRecord record = Operations.Send();
        record.Comm = Operations.Name([0x1B, (byte)'[', (byte)'2', (byte)'J', 0xFF, (byte)'x']);
        Assert.Contains("  \uFFFD[2J\uFFFDx[4312]       →", Line(record, Operations.Socket("\e]0;title\a")), StringComparison.Ordinal);
        Assert.DoesNotContain('\e', Line(record, Operations.Socket("\e]0;title\a")));
    }

    [Fact]
    public void A_peer_that_gets_a_name_later_is_shown_by_it()
    {
        var table = new TraceTable(new WallClock(new FakeClock()), Styles.None, TraceLayout.For(96), Ipcscope.Enrich.Places.OfIds);
        byte[] target = new byte[table.MaximumLength];
        Channel channel = Operations.Socket(peer: "");
        table.Format(Operations.Send(), channel, channel.Peer, target);
        channel.Peer = "/run/redis.sock";
        int length = table.Format(Operations.Send(), channel, channel.Peer, target);
        Assert.Contains("/run/redis.sock", Encoding.UTF8.GetString(target, 0, length), StringComparison.Ordinal);
    }

    [Fact]
    public void No_line_is_longer_than_the_terminal()
    {
        OperationRecord[] records =
        [
            Operations.Send("fifteen-letters", 4_194_304), Operations.Send(result: -99), Operations.Send().With(OperationMarks.Truncated),
            Operations.Send(result: -111).With(Mechanism.Tcp, Operation.Shutdown), Operations.Send("日本日本日", 7),
        ];
        for (int width = 45; width <= 200; width++)
        {
            Assert.InRange(DisplayText.Width(TraceLayout.For(width).Heading()), 1, width);
            Assert.All(records, record => Assert.InRange(DisplayText.Width(Line(record, Operations.Socket(new string('p', 108)), width)), 1, width));
        }
    }

    [Fact]
    public void Eighty_columns_drop_the_time_of_day() => Assert.Equal(
        [
            "PROCESS            DIR  MECHANISM   PEER             OP        SIZE      TIME",
            "producer[4312]     →    unix        redis[981]       send      512 B     41 µs",
        ],
        [TraceLayout.For(80).Heading(), Line(Operations.Send(), Operations.Socket(), 80)]);

    [Fact]
    public void Time_follows_the_record()
    {
        OperationRecord later = Operations.Send();
        later.Begin += 2_000_000_000;
        Assert.StartsWith("12:01:05.114201 ", Line(later), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_made_without_allocating()
    {
        var table = new TraceTable(new WallClock(new FakeClock()), Styles.Colored, TraceLayout.For(int.MaxValue), Ipcscope.Enrich.Places.OfIds);
        byte[] target = new byte[table.MaximumLength];
        OperationRecord record = Operations.Send(result: -32);
        Channel channel = Operations.Socket();
        long allocated = 0;
        for (int round = 0; round < 2; round++) // in the first one the runtime makes comparers and better code
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100_000; i++)
            {
                record.Begin += 1_000;
                table.Format(record, channel, channel.Peer, target);
            }
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
    }
}
