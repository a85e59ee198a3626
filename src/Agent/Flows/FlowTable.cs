using System.Diagnostics;
using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>
/// All flows, the processes and channels they belong to, and the series they add up to. One thread (the capture's) adds
/// and retires; any thread reads.
/// </summary>
internal sealed unsafe class FlowTable(ISlotStore store, TimeSpan idleExpiry) : IFlowSource, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, Flow> _flows = [];
    private readonly Dictionary<SeriesKey, Series> _series = [];
    private readonly Identities _identities = new(store);
    private readonly EndedSeries _ended = new(idleExpiry);
    private readonly List<FlowJournal> _journals = [];
    private ulong _changes = 1; // grows with every flow that comes or goes
    private ulong _retired;
    private bool _disposed;

    /// <inheritdoc/>
    public int Flows
    {
        get
        {
            lock (_gate)
            {
                return _flows.Count;
            }
        }
    }

    /// <inheritdoc/>
    public int FlowsLimit => store.Limit - SlotLayout.Overflow;

    /// <summary>Series that were let go before their expiry, because there were too many.</summary>
    internal ulong ExpiredEarly => _ended.ExpiredEarly;

    /// <summary>Process images seen since the start, and those whose executable is known.</summary>
    internal (ulong Seen, ulong Named) Processes
    {
        get
        {
            lock (_gate)
            {
                return (_identities.Seen, _identities.Named);
            }
        }
    }

    /// <summary>Taken around what must not happen while somebody reads.</summary>
    internal Lock Gate => _gate;

    /// <summary>Operations and would-block calls since the start: of flows that own or owned a slot, and of those that found none.</summary>
    internal (ulong Own, ulong Overflow) Booked()
    {
        lock (_gate)
        {
            ulong own = _retired, overflow = 0;
            foreach (Flow flow in _flows.Values)
            {
                own += store.Slots[flow.Slot].Counters.Booked();
            }
            for (uint slot = 0; slot < SlotLayout.Overflow && !_disposed; slot++)
            {
                overflow += store.Slots[slot].Counters.Booked();
            }
            return (own, overflow);
        }
    }

    /// <summary>A flow has been seen for the first time.</summary>
    /// <returns>False: there is no such slot.</returns>
    internal bool Add(uint slot, ulong id)
    {
        if (slot >= store.Limit)
        {
            return false;
        }
        lock (_gate)
        {
            store.Reach(slot);
            ref FlowSlot owner = ref store.Slots[slot];
            if (owner.Id != id || (_flows.TryGetValue(slot, out Flow? known) && known.Id == id))
            {
                return true; // told late, or twice
            }
            Process process = _identities.Process(owner.Key, owner.Comm);
            SeriesKey key = SeriesKey.Of(owner.Key);
            if (!_series.TryGetValue(key, out Series? series))
            {
                series = new Series(key, process);
                _series.Add(key, series);
            }
            Flow flow = new(slot, id, owner.Key, series, _identities.Use(owner.Key.Channel, owner.Key.Mechanism));
            series.Live.Add(flow);
            series.Changed = ++_changes;
            _flows[slot] = flow;
            return true;
        }
    }

    /// <summary>Finds flows whose first record was lost.</summary>
    internal void Rescan()
    {
        store.Reach((uint)store.Limit - 1);
        for (uint slot = SlotLayout.Overflow; slot < store.Limit; slot++)
        {
            ref FlowSlot owner = ref store.Slots[slot];
            ulong id = Volatile.Read(ref owner.Id);
            if (id != 0 && !_flows.ContainsKey(slot) && store.Owns(owner.Key, id))
            {
                Add(slot, id);
            }
        }
    }

    /// <summary>A process has ended, or (with <paramref name="newImage"/>) executes something else: its flows are retired at the next <see cref="Maintain"/>.</summary>
    internal void ProcessEnded(uint pid, ulong now, uint? newImage = null)
    {
        lock (_gate)
        {
            _identities.Ended(pid, now, newImage);
        }
    }

    /// <summary>Notes the most that waited in each channel.</summary>
    internal void Learn(IReadOnlyDictionary<ChannelKey, ulong> highWaters)
    {
        lock (_gate)
        {
            foreach (Flow flow in _flows.Values)
            {
                flow.Channel.HighWater = highWaters.GetValueOrDefault(flow.Channel.Key, flow.Channel.HighWater);
            }
        }
    }

    /// <summary>The live flows of pipes, with the time at which each was first seen.</summary>
    internal (FlowKey Key, ulong FirstSeen)[] PipeFlows()
    {
        lock (_gate)
        {
            return [.. _flows.Values
                .Where(flow => flow.Key.Mechanism is Mechanism.Pipe or Mechanism.Fifo)
                .Select(flow => (flow.Key, store.Slots[flow.Slot].Counters.FirstSeen))];
        }
    }

    /// <summary>Finds processes whose last record was lost.</summary>
    internal void RescanProcesses(ulong now)
    {
        lock (_gate)
        {
            foreach (uint pid in _identities.Running.Where(pid => !Directory.Exists($"/proc/{pid}")))
            {
                _identities.Ended(pid, now);
            }
        }
    }

    /// <summary>Takes slots back: of ended processes, of idle flows, and under pressure of the least active ones.</summary>
    internal void Maintain(ulong now)
    {
        List<Flow> idle = Reaper.Choose(_flows.Values, store.Slots, FlowsLimit, now, idleExpiry);
        if (idle.Count > 0)
        {
            store.Close(idle);
        }
        lock (_gate)
        {
            RefreshErrors();
            foreach (Flow flow in idle)
            {
                _journals.ForEach(journal => journal.Retire(flow, store.Slots[flow.Slot].Counters));
                _retired += store.Slots[flow.Slot].Counters.Booked();
                flow.Series.Retire(flow, store.Slots[flow.Slot].Counters);
                flow.Series.Changed = ++_changes;
                _flows.Remove(flow.Slot);
                _identities.Leave(flow.Channel);
                store.Free(flow);
            }
            _ended.Expire(_series, _identities, now);
        }
    }

    /// <inheritdoc/>
    public int CopyFlows(ref FlowSample[] buffer)
    {
        lock (_gate)
        {
            RefreshErrors();
            int count = CopyFlowsQuickly(ref buffer);
            foreach (ref FlowSample sample in buffer.AsSpan(0, count))
            {
                sample.State = ChannelState.IsKept(sample.Channel.Mechanism) && store.TryDescribe(sample.Channel.Key, out ChannelInfo info)
                    ? ChannelState.Of(info)
                    : default;
            }
            return count;
        }
    }

    /// <inheritdoc/>
    public int CopyFlowsQuickly(ref FlowSample[] buffer)
    {
        lock (_gate)
        {
            Grow(ref buffer, _flows.Count);
            ulong now = (ulong)Stopwatch.GetTimestamp();
            int count = 0;
            foreach (Flow flow in _flows.Values)
            {
                flow.Copy(store.Slots, ref buffer[count++], now);
            }
            return count;
        }
    }

    /// <inheritdoc/>
    public void TellUsers(Action<Process, Channel, Operation> tell)
    {
        lock (_gate)
        {
            foreach (Flow flow in _flows.Values)
            {
                tell(flow.Series.Process, flow.Channel, flow.Key.Operation);
            }
        }
    }

    /// <inheritdoc/>
    public int CopySeries(ref SeriesSample[] buffer)
    {
        lock (_gate)
        {
            ulong mark = 0;
            int all = CopySeries(ref buffer, ref mark, out bool newErrors);
            if (newErrors)
            {
                LearnErrors();
            }
            int count = 0;
            foreach (Series series in _series.Values)
            {
                series.CopyErrors(ref buffer[count++]);
            }
            return all;
        }
    }

    /// <inheritdoc/>
    public int CopyRecentSeries(ref SeriesSample[] buffer, ref ulong mark)
    {
        lock (_gate)
        {
            return CopySeries(ref buffer, ref mark, out _); // errors by number aside
        }
    }

    private int CopySeries(ref SeriesSample[] buffer, ref ulong mark, out bool newErrors)
    {
        int chosen = 0;
        foreach (Series series in _series.Values)
        {
            chosen += series.IsRecent(mark) ? 1 : 0;
        }
        Grow(ref buffer, chosen + SlotLayout.Overflow);
        ulong now = (ulong)Stopwatch.GetTimestamp();
        int count = 0;
        newErrors = false;
        foreach (Series series in _series.Values)
        {
            if (!series.IsRecent(mark))
            {
                continue;
            }
            ref SeriesSample sample = ref buffer[count++];
            if (series.IsQuiet(store.Slots, sample))
            {
                sample.IsUnchanged = true;
            }
            else
            {
                newErrors |= series.Copy(store.Slots, ref sample);
            }
            sample.TakenAt = now;
        }
        mark = _changes;
        return _disposed ? count : count + OverflowSeries.Copy(store.Slots, buffer.AsSpan(count));
    }

    /// <inheritdoc/>
    public void CountChannels(Span<int> byMechanism)
    {
        lock (_gate)
        {
            _identities.CountChannels(byMechanism);
        }
    }

    /// <inheritdoc/>
    public IFlowJournal OpenJournal()
    {
        lock (_gate)
        {
            _journals.Add(new FlowJournal(this));
            return _journals[^1];
        }
    }

    /// <summary>Hands a journal what it has not been told: live flows, those retired since, and what found no slot, all of one moment.</summary>
    internal int Copy(FlowJournal journal, ref FlowMove[] buffer)
    {
        lock (_gate)
        {
            Grow(ref buffer, _flows.Count + journal.Retired.Count + SlotLayout.Overflow);
            int count = 0;
            foreach (Flow flow in _flows.Values)
            {
                if (FlowMove.IsOne(flow.Key.Operation))
                {
                    buffer[count++] = FlowMove.Of(flow, store.Slots[flow.Slot].Counters);
                }
            }
            foreach (FlowMove retired in journal.Retired)
            {
                buffer[count++] = retired;
            }
            journal.Retired.Clear();
            for (uint slot = 0; slot < SlotLayout.Overflow && !_disposed; slot++)
            {
                if (store.Slots[slot].Counters.LastSeen != 0 && FlowMove.IsOne(SlotLayout.OperationOf(slot)))
                {
                    buffer[count++] = FlowMove.Overflow(slot, store.Slots[slot].Counters);
                }
            }
            return count;
        }
    }

    /// <summary>Nobody reads it any more.</summary>
    internal void Close(FlowJournal journal)
    {
        lock (_gate)
        {
            _journals.Remove(journal);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _flows.Clear(); // whoever still reads finds nothing, instead of memory that is gone
            _series.Clear();
            _disposed = true;
            store.Dispose();
        }
    }

    private static void Grow<T>(ref T[] buffer, int needed)
    {
        if (buffer.Length < needed)
        {
            buffer = new T[needed + (needed / 4)];
        }
    }

    // Errors are rare: the map is only walked when a counter says that there is something new. Flow by flow: the sum over all
    // can be what it was although other flows make it up.
    private void RefreshErrors()
    {
        if (!_flows.Values.All(flow => store.Slots[flow.Slot].Counters.Errors == flow.ErrorsKnown))
        {
            LearnErrors();
        }
    }

    private void LearnErrors()
    {
        foreach ((ErrorKey key, ulong count) in store.ReadErrors())
        {
            if (_flows.TryGetValue(key.Slot, out Flow? flow) && flow.Id == key.Flow)
            {
                flow.Learn((int)key.Number, count);
            }
        }
    }
}
