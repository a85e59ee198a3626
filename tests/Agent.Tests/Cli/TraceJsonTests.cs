using System.Text;
using System.Text.Json;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Cli;

public sealed class TraceJsonTests
{
    private static string Line(in OperationRecord record, Channel? channel = null)
    {
        using var format = new TraceJson(new WallClock(new FakeClock()), Ipcscope.Enrich.Places.OfIds);
        byte[] target = new byte[format.MaximumLength];
        return Encoding.UTF8.GetString(target, 0, format.Format(record, channel, channel?.Peer ?? "", target));
    }

    [Fact]
    public void A_line_has_base_units_and_keeps_nanoseconds() => Assert.Equal(
        """
        {"schema":1,"time":"2026-11-23T10:01:03.114201300Z","process":"producer","pid":4312,"tid":4313,"cgroup":99,"mechanism":"unix","operation":"send","channel":"socket:[4711]","inode":4711,"peer":"redis[981]","size_bytes":512,"duration_seconds":0.000041230}

        """,
        Line(Operations.Send(), Operations.Socket()));

    [Fact]
    public void An_error_has_a_name_and_no_size() => Assert.EndsWith(
        "\"size_bytes\":0,\"duration_seconds\":0.000041230,\"error\":\"EPIPE\"}\n", Line(Operations.Send(result: -32)), StringComparison.Ordinal);

    [Fact]
    public void Would_block_is_no_error() => Assert.EndsWith(
        "\"duration_seconds\":0.000041230,\"would_block\":true}\n", Line(Operations.Send(result: -11)), StringComparison.Ordinal);

    [Fact]
    public void Peeked_bytes_do_not_count_as_moved() => Assert.Contains(
        "\"size_bytes\":0,\"peeked_bytes\":512,", Line(Operations.Send().With(Mechanism.Unix, Operation.Peek)), StringComparison.Ordinal);

    [Fact]
    public void A_duration_that_is_not_known_is_null() =>
        Assert.Contains("\"duration_seconds\":null", Line(Operations.Send().With(OperationMarks.Untimed)), StringComparison.Ordinal);

    [Fact]
    public void What_there_is_to_tell_is_told()
    {
        OperationRecord record = Operations.Send(result: 0).With(Mechanism.Signal, Operation.Send).With(OperationMarks.Unmeasured);
        record.Flow = record.Flow with { Via = Via.Kernel, Detail = (byte)SignalFate.Coalesced };
        string line = Line(record);
        Assert.Contains("\"operation\":\"send\",\"via\":\"kernel\",\"detail\":\"coalesced\",\"channel\":", line, StringComparison.Ordinal);
        Assert.EndsWith("\"size_bytes\":0,\"duration_seconds\":null}\n", line, StringComparison.Ordinal);
        record = Operations.Send().With(Mechanism.Mq, Operation.Send).With(OperationMarks.Waited);
        record.Priority = 7;
        Assert.EndsWith(
            "\"size_bytes\":512,\"duration_seconds\":0.000041230,\"wait_seconds\":0.000041230,\"wait_reason\":\"full\",\"priority\":7}\n",
            Line(record), StringComparison.Ordinal);
    }

    [Fact]
    public void The_length_of_memory_is_a_size() => Assert.Contains(
        "\"size_bytes\":512,", Line(Operations.Send().With(Mechanism.Shm, Operation.Map)), StringComparison.Ordinal);

    [Fact]
    public void Every_name_makes_valid_JSON()
    {
        OperationRecord record = Operations.Send();
        record.Comm = Operations.Name([(byte)'"', (byte)'\\', 0x1B, 0xFF, 0xC3, (byte)'\n', (byte)'x']);
        using var parsed = JsonDocument.Parse(Line(record, Operations.Socket("日本\"\u0001")));
        Assert.Equal("\"\\\e\uFFFD\uFFFD\nx", parsed.RootElement.GetProperty("process").GetString());
        Assert.Equal("日本\"\u0001", parsed.RootElement.GetProperty("peer").GetString());
    }

    [Fact]
    public void The_longest_names_fit()
    {
        string name = string.Concat(Enumerable.Repeat("\u0001", 108));
        OperationRecord record = Operations.Send(result: -131).With(OperationMarks.Truncated | OperationMarks.Interrupted);
        record.Comm = Operations.Name([.. Enumerable.Repeat((byte)1, Comm.Length)]);
        Channel channel = Operations.Socket(name);
        channel.Name = name;
        using var parsed = JsonDocument.Parse(Line(record, channel));
        Assert.Equal(name, parsed.RootElement.GetProperty("channel").GetString());
    }

    [Fact]
    public void Lines_are_made_without_allocating()
    {
        using var format = new TraceJson(new WallClock(new FakeClock()), Ipcscope.Enrich.Places.OfIds);
        byte[] target = new byte[format.MaximumLength];
        OperationRecord record = Operations.Send();
        Channel channel = Operations.Socket();
        format.Format(record, channel, channel.Peer, target);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            record.Begin += 1_000;
            format.Format(record, channel, channel.Peer, target);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0UL, "0.000000000")]
    [InlineData(1UL, "0.000000001")]
    [InlineData(12_345_678_901UL, "12.345678901")]
    [InlineData(ulong.MaxValue, "18446744073.709551615")]
    public void Seconds_are_exact(ulong nanoseconds, string expected) => Assert.Equal(expected, $"{TraceJson.ToSeconds(nanoseconds)}");
}
