using System.Collections.Immutable;
using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>A flow that owns a slot.</summary>
internal sealed class Flow(uint slot, ulong id, FlowKey key, Series series, Channel channel)
{
    private const ulong Settled = 10_000_000_000; // ns: longer than a processor is taken from a program that counts

    private ImmutableArray<ErrorCount> _counts; // made at the first question since the last error

    internal uint Slot { get; } = slot;

    internal ulong Id { get; } = id;

    internal FlowKey Key { get; } = key;

    internal Series Series { get; } = series;

    internal Channel Channel { get; } = channel;

    /// <summary>Its failed calls by errno, as last read.</summary>
    internal Dictionary<int, ulong>? Errors { get; private set; }

    /// <summary>How many failed calls <see cref="Errors"/> holds.</summary>
    internal ulong ErrorsKnown { get; private set; }

    /// <summary>
    /// Whether nothing was counted since a copy was made. Who counts writes first when, and then the rest: what was counted last long before the copy is
    /// all in it.
    /// </summary>
    internal unsafe bool IsQuiet(FlowSlot* slots, ulong takenAt) => slots[Slot].Counters.LastSeen + Settled < takenAt;

    /// <summary>Copies what is new in it; <see cref="FlowSample.State"/> aside.</summary>
    internal unsafe void Copy(FlowSlot* slots, ref FlowSample sample, ulong now)
    {
        ref FlowCounters counters = ref slots[Slot].Counters;
        bool same = sample.Id == Id;
        sample.IsUnchanged = same && sample.Counters.LastSeen == counters.LastSeen && (IsQuiet(slots, sample.TakenAt) || counters.IsSame(sample.Counters));
        sample.TakenAt = now;
        if (!sample.IsUnchanged)
        {
            sample.Counters = counters; // the kernel counts on meanwhile: what comes now differs at the next copy
        }
        if (!same)
        {
            sample.Id = Id;
            sample.Process = Series.Process;
            sample.Channel = Channel;
            sample.Operation = Key.Operation;
            sample.Via = Key.Via;
            sample.Detail = Key.Detail;
        }
        if (_counts.IsDefault)
        {
            _counts = Errors is { } errors ? [.. errors.Select(entry => new ErrorCount(entry.Key, entry.Value))] : [];
        }
        sample.Errors = _counts;
    }

    /// <summary>So many calls have failed with this errno by now.</summary>
    internal void Learn(int number, ulong count)
    {
        Errors ??= [];
        ErrorsKnown += count - Errors.GetValueOrDefault(number);
        Errors[number] = count;
        _counts = default;
    }
}
