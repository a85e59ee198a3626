using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Filters;
using Ipcscope.Flows;
using Ipcscope.Tests.Export;
using Ipcscope.Waits;

namespace Ipcscope.Tests.Cli;

public sealed class TopSamplerTests
{
    private readonly FakeClock _clock = new();
    private readonly FakeCapture _capture = new(new CaptureOptions());
    private readonly Process _writer = Samples.Process("sh", 77);
    private readonly Process _reader = Samples.Process("gzip", 78);

    private readonly WaitObserver _waits = new(static () => new FakeEnds([End(77, "sh", readable: false), End(78, "gzip", readable: true)]));

    private TopSampler Sampler() => new(_capture, _clock, _waits, Ipcscope.Enrich.Places.OfIds);

    private static FlowSample Flow(Process process, ulong inode, ulong calls, Operation operation, Mechanism mechanism = Mechanism.Pipe)
    {
        FlowSample flow = Samples.Flow(process, inode, mechanism, operation);
        flow.Id = inode * 10 + (ulong)operation;
        flow.Channel.Name = $"pipe:[{inode}]";
        flow.Counters.Bytes = calls * 64;
        flow.Counters.Size[6] = calls;
        flow.Counters.Duration[5] = calls;
        return flow;
    }

    [Fact]
    public void A_call_that_waits_is_a_row_before_anything_was_counted()
    {
        _capture.Calls = [Call(Operation.Write, CallState.Asleep), Call(Operation.Read, CallState.Asleep), Call(Operation.Write, CallState.Running)];
        TopFrame frame = Sampler().Look();
        TopRow channel = Assert.Single(frame.Rows(TopView.Channels, TopSort.Wait, false, true));
        Assert.Equal(("pipe:[7]", "sh[77] ≥ 40.0 s full: to be drained by gzip[4294967217] (gone)"), (channel.Name, channel.WaitsFor()));
        TopRow process = Assert.Single(frame.Rows(TopView.Processes, TopSort.Wait, false, true));
        Assert.Equal(("sh", "≥ 40.0 s full: to be drained by gzip[4294967217] (gone)"), (process.Name, process.WaitsFor()));
        Assert.Equal(0UL, frame.All.Total.Operations);
    }

    [Fact]
    public void A_side_that_does_nothing_is_named_too()
    {
        FlowSample flow = Flow(_writer, 7, 1, Operation.Write);
        flow.Channel = new Channel(new ChannelKey(7, 12, 0), Mechanism.Pipe) { Name = "pipe:[7]" };
        _capture.Source.SetFlows(flow);
        Assert.Equal("sh[77] → gzip[4294967217]", Assert.Single(Sampler().Look().All.Channels).Users().Replace("sh[4294967218], ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_has_the_other_socket_is_asked_for_once_and_named()
    {
        int looks = 0;
        ChannelKey server = new(21, 9, 0), client = new(22, 9, 0);
        Descriptor Socket(Process process, ChannelKey key, ChannelKey peer) => new()
        {
            Process = process.Key,
            Name = process.Name,
            Fd = 3,
            Readable = true,
            Writable = true,
            Key = key,
            Peer = peer,
            Info = new ChannelInfo { Mechanism = Mechanism.Unix, Kind = ChannelKind.Stream },
        };
        ChannelEnds ends = FakeEnds.Look([Socket(_writer, server, client), Socket(_reader, client, server)]);
        var row = new TopRow("/run/s", new Channel(server, Mechanism.Unix), null);
        var peers = new TopPeers();
        FlowCounters growth = default;
        growth.Size[6] = 1;
        row.Add(_writer, Mechanism.Unix, Operation.Send, growth);
        for (int i = 0; i < 3; i++)
        {
            peers.Tell([row], () => { looks++; return ends; });
        }
        Assert.Equal((1, "sh[77] → gzip[78]"), (looks, row.Users()));
        row.Add(_writer, Mechanism.Unix, Operation.Receive, growth);
        Assert.Equal("sh[77] ↔ gzip[78]", row.Users());
        peers.Tell([], () => throw new InvalidOperationException("nothing is new"));
        peers.Tell([row], () => { looks++; return ends; }); // it was away
        Assert.Equal(2, looks);
    }

    private static Descriptor End(uint pid, string name, bool readable) => new()
    {
        Process = new ProcessKey(pid, uint.MaxValue - pid, 1), // a pid that nobody has: what it does is asked of /proc
        Name = name,
        Fd = 1,
        Readable = readable,
        Writable = !readable,
        Key = new ChannelKey(7, 12, 0),
        Info = new ChannelInfo { Mechanism = Mechanism.Pipe },
    };

    private CallInProgress Call(Operation operation, CallState state) => new()
    {
        Flow = new FlowKey(_writer.Key, new ChannelKey(7, 12, 0), Mechanism.Pipe, operation),
        Tid = 77,
        Name = "sh",
        Channel = "pipe:[7]",
        Info = new ChannelInfo { Mechanism = Mechanism.Pipe },
        Begin = 0,
        Age = 40_000_000_000,
        IsFromBefore = true,
        State = state,
    };

    [Fact]
    public void Rates_are_what_happened_between_two_looks()
    {
        TopSampler sampler = Sampler();
        _capture.Source.SetFlows(Flow(_writer, 1, 100, Operation.Write), Flow(_reader, 1, 90, Operation.Read));
        _clock.Advance(TimeSpan.FromSeconds(1));
        sampler.Look();
        _capture.Source.SetFlows(Flow(_writer, 1, 300, Operation.Write), Flow(_reader, 1, 250, Operation.Read));
        _clock.Advance(TimeSpan.FromSeconds(2));
        TopFrame frame = sampler.Look();
        TopRow row = Assert.Single(frame.Rows(TopView.Channels, TopSort.Ops, false, true));
        Assert.Equal(2, frame.Seconds);
        Assert.Equal(360UL, row.Operations);
        Assert.Equal((200UL * 64, 160UL * 64), (row.BytesOut, row.BytesIn));
        Assert.Equal(200UL * 64, row.Bytes);
        Assert.Equal("sh[77] → gzip[78]", row.Users());
        Assert.Equal(Math.ScaleB(1, 5 - DurationBuckets.Shift), row.P50);
    }

    [Fact]
    public void A_futex_tells_who_waits_and_who_holds_it()
    {
        TopSampler sampler = Sampler();
        FlowSample waits = Flow(_reader, 1, 10, Operation.Wait, Mechanism.Futex);
        waits.State = new ChannelState(2, 77, 0, 0);
        FlowSample wakes = Flow(_writer, 1, 10, Operation.Wake, Mechanism.Futex);
        wakes.State = waits.State;
        _capture.Source.SetFlows(waits, wakes);
        TopRow row = Assert.Single(sampler.Look().Rows(TopView.Channels, TopSort.Ops, false, true));
        Assert.EndsWith(", 2 waiting, held by sh[77]", row.Users(), StringComparison.Ordinal);
        row.State = new ChannelState(1, 4711, 78, 0); // a word that names nobody who uses it
        Assert.EndsWith(", 1 waiting, last woken by gzip[78]", row.Users(), StringComparison.Ordinal);
        row.State = default;
        Assert.DoesNotContain("waiting", row.Users(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flow_that_is_new_began_at_zero()
    {
        TopSampler sampler = Sampler();
        sampler.Look();
        _capture.Source.SetFlows(Flow(_writer, 1, 7, Operation.Write));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(7UL, Assert.Single(sampler.Look().All.Channels).Operations);
    }

    [Fact]
    public void A_slot_that_has_another_owner_begins_again()
    {
        TopSampler sampler = Sampler();
        _capture.Source.SetFlows(Flow(_writer, 1, 1000, Operation.Write));
        sampler.Look();
        _capture.Source.SetFlows();
        sampler.Look();
        _capture.Source.SetFlows(Flow(_writer, 1, 5, Operation.Write));
        Assert.Equal(5UL, Assert.Single(sampler.Look().All.Channels).Operations);
    }

    [Fact]
    public void Processes_include_channels_that_are_gone_and_the_overflow()
    {
        _capture.Source.Set(Samples.Series(_writer, 12), Samples.Series(Samples.Overflow, 3));
        _clock.Advance(TimeSpan.FromSeconds(1));
        TopSampler sampler = Sampler();
        TopFrame frame = sampler.Look();
        Assert.Equal(15UL, frame.All.Total.Operations);
        Assert.Equal([12UL, 3UL], frame.Rows(TopView.Processes, TopSort.Ops, false, false).Select(row => row.Operations));
        Assert.Equal(15UL, sampler.Operations);
    }

    [Fact]
    public void A_filter_on_channels_counts_processes_by_their_flows()
    {
        Assert.True(FilterParser.TryParse("channel = 'pipe:[1]'", FilterScopes.Flow, out FilterExpression? filter, out _));
        TopSampler sampler = Sampler();
        sampler.Filter = filter;
        _capture.Source.Set(Samples.Series(_writer, 1000));
        _capture.Source.SetFlows(Flow(_writer, 1, 4, Operation.Write), Flow(_writer, 2, 996, Operation.Write));
        TopFrame frame = sampler.Look();
        Assert.Equal("pipe:[1]", Assert.Single(frame.Rows(TopView.Channels, TopSort.Ops, false, true)).Name);
        Assert.Equal(4UL, Assert.Single(frame.Rows(TopView.Processes, TopSort.Ops, false, true)).Operations);
        Assert.Equal(4UL, frame.All.Total.Operations);
    }

    [Theory]
    [InlineData(nameof(TopSort.Ops), "1 2 3")]
    [InlineData(nameof(TopSort.Bytes), "3 2 1")]
    [InlineData(nameof(TopSort.P99), "2 1 3")]
    [InlineData(nameof(TopSort.Errors), "3 1 2")]
    [InlineData(nameof(TopSort.Name), "1 2 3")]
    public void Rows_are_sorted(string order, string expected)
    {
        TopSort sort = Enum.Parse<TopSort>(order);
        FlowSample many = Flow(_writer, 1, 100, Operation.Write);
        many.Counters.Bytes = 1;
        FlowSample slow = Flow(_writer, 2, 50, Operation.Write);
        slow.Counters.Duration = default;
        slow.Counters.Duration[20] = 50;
        slow.Counters.Bytes = 2;
        FlowSample failing = Flow(_writer, 3, 10, Operation.Write);
        failing.Counters.Errors = 5;
        failing.Counters.Duration = default;
        _capture.Source.SetFlows(failing, slow, many);
        TopFrame frame = Sampler().Look();
        Assert.Equal(expected, string.Join(' ', frame.Rows(TopView.Channels, sort, false, true).Select(row => row.Channel!.Key.Inode)));
        Assert.Equal(new string([.. expected.Reverse()]), string.Join(' ', frame.Rows(TopView.Channels, sort, true, true).Select(row => row.Channel!.Key.Inode)));
    }

    [Fact]
    public void A_socket_moves_both_directions()
    {
        _capture.Source.SetFlows(Flow(_writer, 1, 2, Operation.Send, Mechanism.Unix), Flow(_writer, 1, 3, Operation.Receive, Mechanism.Unix));
        TopRow row = Assert.Single(Sampler().Look().All.Channels);
        Assert.Equal(5UL * 64, row.Bytes);
        Assert.Equal("sh[77]", row.Users());
        Assert.Equal("unix", row.MechanismNames());
    }

    [Fact]
    public void A_queue_moves_each_byte_once_and_who_moves_none_is_named()
    {
        FlowSample open = Flow(_writer, 1, 1, Operation.Open, Mechanism.Mq);
        open.Counters.Bytes = 0;
        _capture.Source.SetFlows(
            Flow(_writer, 1, 2, Operation.Send, Mechanism.Mq), open, Flow(_reader, 1, 3, Operation.Receive, Mechanism.Mq));
        TopRow row = Assert.Single(Sampler().Look().All.Channels);
        Assert.Equal(3UL * 64, row.Bytes);
        Assert.Equal("sh[77] → gzip[78]", row.Users());
        _capture.Source.SetFlows(Flow(_writer, 2, 1, Operation.Map, Mechanism.Shm), Flow(_reader, 2, 1, Operation.Map, Mechanism.Shm));
        Assert.Equal("sh[77], gzip[78]", Assert.Single(Sampler().Look().All.Channels).Users());
    }

    [Fact]
    public void Waiting_for_room_goes_before_waiting_for_something_to_take()
    {
        FlowSample write = Flow(_writer, 1, 2, Operation.Write);
        (write.Counters.DurationNs, write.Counters.WaitNs) = (1000, 810);
        FlowSample read = Flow(_reader, 1, 3, Operation.Read);
        (read.Counters.DurationNs, read.Counters.WaitNs) = (4000, 3960);
        _capture.Source.SetFlows(write, read);
        Assert.Equal("full 81 %", $"{Assert.Single(Sampler().Look().All.Channels).Waits}");
        write.Counters.WaitNs = 0;
        _capture.Source.SetFlows(write, read);
        Assert.Equal("empty 99 %", $"{Assert.Single(Sampler().Look().All.Channels).Waits}");
        _capture.Source.SetFlows(write);
        Assert.Equal("", $"{Assert.Single(Sampler().Look().All.Channels).Waits}");
    }

    [Fact]
    public void Only_what_was_waited_between_two_looks_counts()
    {
        FlowSample write = Flow(_writer, 1, 2, Operation.Write);
        (write.Counters.DurationNs, write.Counters.WaitNs) = (1000, 500);
        TopSampler sampler = Sampler();
        _capture.Source.SetFlows(write);
        sampler.Look();
        (write.Counters.DurationNs, write.Counters.WaitNs) = (1100, 575);
        _capture.Source.SetFlows(write);
        TopRow row = Assert.Single(sampler.Look().All.Channels);
        Assert.Equal((75UL, "full 75 %"), (row.Waits.Waited(WaitReason.Full), $"{row.Waits}"));
    }
}
