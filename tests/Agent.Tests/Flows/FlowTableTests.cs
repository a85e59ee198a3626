using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Flows;

public sealed class FlowTableTests : IDisposable
{
    private const ulong Second = 1_000_000_000;
    private static readonly TimeSpan Expiry = TimeSpan.FromMinutes(5);

    private readonly FakeSlots _slots = new(SlotLayout.Overflow + 1024);
    private readonly FlowTable _table;
    private SeriesSample[] _buffer = [];

    public FlowTableTests() => _table = new FlowTable(_slots, Expiry);

    public void Dispose() => _table.Dispose();

    [Fact]
    public void WhatARetiredFlowCountedStaysInItsSeries()
    {
        uint slot = Add(pid: 10, inode: 1, now: Second);
        _slots.Count(slot, 64, Second);
        _slots.CountError(slot, 32);
        _table.Maintain(Second + (ulong)Expiry.TotalNanoseconds + 1);
        Assert.Equal(0, _table.Flows);
        SeriesSample series = Assert.Single(Series());
        Assert.Equal((2UL, 64UL, 0), (series.Counters.Operations(), series.Counters.Bytes, series.Channels));
        Assert.Equal(new ErrorCount(32, 1), Assert.Single(series.Errors));
        Assert.Equal([new ChannelKey(1, 0, 0)], _slots.Forgotten);
    }

    [Fact]
    public void What_was_booked_stays_booked_when_slot_and_series_have_gone()
    {
        uint slot = Add(pid: 10, inode: 1, now: Second);
        _slots.Count(slot, 64, Second);
        _slots.CountError(slot, 32);
        _slots.Count(SlotLayout.OverflowSlot(Mechanism.Pipe, Operation.Read), 1, Second);
        Assert.Equal((2UL, 1UL), _table.Booked());
        _table.ProcessEnded(10, 2 * Second);
        _table.Maintain(3 * Second);
        Assert.Equal((2UL, 1UL), _table.Booked());
        _table.Maintain((4 * Second) + (ulong)Expiry.TotalNanoseconds);
        Assert.DoesNotContain(Series(), series => series.Process.Key.Pid == 10);
        Assert.Equal((2UL, 1UL), _table.Booked());
    }

    [Fact]
    public void Recent_series_are_those_of_the_living_and_what_has_changed_since()
    {
        Add(pid: 10, inode: 1, now: Second);
        uint ended = Add(pid: 11, inode: 2, now: Second);
        ulong mark = 0;
        Assert.Equal([10U, 11U], Recent());
        _slots.Count(ended, 64, 2 * Second);
        _table.ProcessEnded(11, 2 * Second);
        Assert.Equal([10U, 11U], Recent()); // it may count yet
        _table.Maintain(3 * Second);
        Assert.Equal([10U, 11U], Recent()); // for the last time
        Assert.Equal(64UL, _buffer[1].Counters.Bytes);
        Assert.Equal([10U], Recent());
        Add(pid: 11, inode: 3, now: Second); // known late
        Assert.Equal([10U, 11U], Recent());

        uint[] Recent()
        {
            int count = _table.CopyRecentSeries(ref _buffer, ref mark);
            return [.. _buffer.Take(count).Select(series => series.Process.Key.Pid)];
        }
    }

    [Fact]
    public void What_is_counted_is_in_the_next_copy_however_long_nothing_was()
    {
        uint still = Add(pid: 10, inode: 1, now: Second), busy = Add(pid: 11, inode: 2, now: Second);
        FlowSample[] flows = [];
        ulong mark = 0;
        for (ulong i = 1; i < 5; i++)
        {
            _slots.Count(busy, 64, Second + i);
            int count = _table.CopyFlowsQuickly(ref flows);
            Assert.Equal([0UL, i * 64], flows.Take(count).Select(flow => flow.Counters.Bytes));
            Assert.Equal([i > 1, false], flows.Take(count).Select(flow => flow.IsUnchanged));
            count = _table.CopyRecentSeries(ref _buffer, ref mark);
            Assert.Equal([0UL, i * 64], _buffer.Take(count).Select(series => series.Counters.Bytes));
            Assert.Equal([i > 1, false], _buffer.Take(count).Select(series => series.IsUnchanged));
        }
        _slots.CountError(still, 32);
        _slots.Count(still, 0, 2 * Second);
        _ = _table.CopyFlows(ref flows);
        Assert.Equal((1UL, new ErrorCount(32, 1)), (flows[0].Counters.Errors, Assert.Single(flows[0].Errors)));
    }

    [Fact]
    public void A_series_is_unchanged_if_the_buffer_had_all_of_it()
    {
        uint still = Add(pid: 10, inode: 1, now: Second), busy = Add(pid: 11, inode: 2, now: Second);
        _slots.CountError(still, 32);
        Assert.Equal([false, false], Unchanged());
        Assert.Equal([true, true], Unchanged());
        _slots.Count(busy, 64, 2 * Second);
        Assert.Equal([true, false], Unchanged());
        _slots.CountError(still, 11);
        Assert.Equal([false, true], Unchanged());
        Add(pid: 11, inode: 3, now: Second); // a further channel
        Assert.Equal([true, false], Unchanged());
        _table.ProcessEnded(10, 3 * Second);
        _table.Maintain(3 * Second);
        Assert.Equal([false, true], Unchanged()); // no channel any more
        Assert.Equal([true, true], Unchanged());

        bool[] Unchanged() => [.. Series().Select(series => series.IsUnchanged)];
    }

    [Fact]
    public void Channels_are_counted_once_each()
    {
        Add(pid: 10, inode: 1, now: Second);
        Add(pid: 11, inode: 1, now: Second);
        Add(pid: 11, inode: 2, now: Second);
        int[] counts = new int[Enum.GetValues<Mechanism>().Length];
        _table.CountChannels(counts);
        Assert.Equal(2, counts[(int)Mechanism.Pipe]);
        Assert.Equal(2, counts.Sum());
    }

    [Fact]
    public void ViaAndDetailMakeSeriesOfTheirOwn()
    {
        FlowKey key = new(new ProcessKey(10, 10, 1), new ChannelKey(1, 0, 0), Mechanism.Signal, Operation.Send);
        FlowKey[] keys = [key, key with { Via = Via.Kernel }, key with { Detail = (byte)SignalFate.Coalesced }];
        for (int i = 0; i < keys.Length; i++)
        {
            (uint slot, ulong id) = _slots.Take(keys[i], "p10", Second);
            _table.Add(slot, id);
            for (int n = 0; n <= i; n++)
            {
                _slots.Count(slot, 0, Second);
            }
        }
        Assert.Equal(
            [(Via.Syscall, 0, 1UL), (Via.Kernel, 0, 2UL), (Via.Syscall, (int)SignalFate.Coalesced, 3UL)],
            Series().Select(series => (series.Via, (int)series.Detail, series.Counters.Operations())));
        FlowSample[] flows = [];
        Assert.Equal(3, _table.CopyFlows(ref flows));
        Assert.Equal(keys.Select(each => (each.Via, each.Detail)), flows.Take(3).Select(flow => (flow.Via, flow.Detail)));
    }

    [Fact]
    public void AReusedSlotStartsFromZero()
    {
        uint first = Add(pid: 10, inode: 1, now: Second);
        _slots.Count(first, 64, Second);
        _table.ProcessEnded(10, 2 * Second);
        _table.Maintain(3 * Second);
        uint second = Add(pid: 11, inode: 2, now: 4 * Second);
        Assert.Equal(first, second);
        _slots.Count(second, 5, 4 * Second);
        Assert.Equal([64UL, 5UL], Series().Select(series => series.Counters.Bytes));
    }

    [Fact]
    public void ErrorsKeepTheirNumbersWhenOthersHaveGone()
    {
        _slots.CountError(Add(pid: 10, inode: 1, now: Second), 2);
        Assert.Single(Assert.Single(Series()).Errors);
        _table.ProcessEnded(10, 2 * Second);
        _table.Maintain(3 * Second);
        _slots.CountError(Add(pid: 11, inode: 2, now: 4 * Second), 2); // as many live errors as were read before
        Assert.All(Series(), series => Assert.Equal(new ErrorCount(2, 1), Assert.Single(series.Errors)));
    }

    [Fact]
    public void ASeriesWhoseProcessEndsAfterTheClockWasReadStays()
    {
        uint slot = Add(pid: 10, inode: 1, now: Second);
        _slots.Count(slot, 64, Second);
        _table.ProcessEnded(10, (2 * Second) + 1);
        _table.Maintain(2 * Second);
        Assert.Equal(64UL, Assert.Single(Series()).Counters.Bytes);
    }

    [Fact]
    public void ASeriesLeavesAfterItsProcessAndTheExpiry()
    {
        Add(pid: 10, inode: 1, now: Second);
        _table.ProcessEnded(10, 2 * Second);
        _table.Maintain(3 * Second);
        Assert.Single(Series());
        _table.Maintain((2 * Second) + (ulong)Expiry.TotalNanoseconds + 1);
        Assert.Empty(Series());
    }

    [Fact]
    public void ExecEndsTheOldImageOnly()
    {
        Add(pid: 10, inode: 1, now: Second, execId: 1);
        Add(pid: 10, inode: 2, now: Second, execId: 2);
        _table.ProcessEnded(10, 2 * Second, newImage: 2);
        _table.Maintain(3 * Second);
        Assert.Equal(1, _table.Flows);
        Assert.Equal([0UL, 2 * Second], Series().Select(series => series.Process.EndedAt).Order());
    }

    [Fact]
    public void UnderPressureTheLeastActiveFlowsGoFirst()
    {
        int limit = _table.FlowsLimit;
        for (int i = 0; i < limit; i++)
        {
            Add(pid: 10, inode: (ulong)i, now: (ulong)i * Second / 100);
        }
        _table.Maintain((ulong)limit * Second / 100);
        Assert.InRange(_table.Flows, limit / 4, limit * 3 / 4);
        FlowSample[] flows = [];
        int count = _table.CopyFlows(ref flows);
        ulong oldest = flows.Take(count).Min(flow => flow.Channel.Key.Inode);
        Assert.Equal((ulong)(limit - count), oldest);
        Assert.Equal(limit - count, _slots.Free);
    }

    [Fact]
    public void TooManyEndedSeriesLeaveEarlyAndAreCounted()
    {
        const int processes = EndedSeries.Limit + 500;
        for (uint pid = 1; pid <= processes; pid++)
        {
            uint slot = Add(pid, inode: pid, now: pid);
            _slots.Count(slot, 3, pid);
            _table.ProcessEnded(pid, pid);
            if (pid % 500 == 0)
            {
                _table.Maintain(pid);
            }
        }
        _table.Maintain(processes);
        Assert.Equal(EndedSeries.Limit, Series().Length);
        Assert.Equal(500UL, _table.ExpiredEarly);
    }

    [Fact]
    public void CountersNeverGoDownWhateverHappens()
    {
        Random random = new(7);
        Dictionary<uint, uint> slots = [];
        Dictionary<uint, ulong> truth = [];
        ulong now = Second;
        for (int step = 0; step < 5000; step++)
        {
            now += (ulong)random.Next(1, 3) * Second;
            uint channel = (uint)random.Next(1, 40);
            if (!slots.TryGetValue(channel, out uint slot) || _slots.Owner(slot) != channel)
            {
                slots[channel] = slot = Add(pid: 10, inode: channel, now: now);
            }
            _slots.Count(slot, channel, now);
            truth[channel] = truth.GetValueOrDefault(channel) + channel;
            if (random.Next(20) == 0)
            {
                now += (ulong)Expiry.TotalNanoseconds;
                _table.Maintain(now);
            }
            Assert.Equal((ulong)truth.Values.Sum(bytes => (long)bytes), Assert.Single(Series()).Counters.Bytes);
        }
    }

    private uint Add(uint pid, ulong inode, ulong now, uint execId = 1)
    {
        FlowKey key = new(new ProcessKey(pid, pid, execId), new ChannelKey(inode, 0, 0), Mechanism.Pipe, Operation.Write);
        (uint slot, ulong id) = _slots.Take(key, $"p{pid}", now);
        _table.Add(slot, id);
        return slot;
    }

    private SeriesSample[] Series()
    {
        int count = _table.CopySeries(ref _buffer);
        return _buffer[..count];
    }
}
