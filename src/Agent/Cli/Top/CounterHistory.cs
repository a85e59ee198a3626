using System.Runtime.InteropServices;
using Ipcscope.Decode;

namespace Ipcscope.Cli;

/// <summary>Remembers counters from one look to the next: what they grew by is what happened between.</summary>
internal sealed class CounterHistory<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Entry> _entries = [];
    private uint _look;

    private struct Entry
    {
        public FlowCounters Last;
        public uint Look;
    }

    /// <summary>Begins a look.</summary>
    public void Begin() => _look++;

    /// <summary>How much counters have grown since the last look. What was not there then began at zero.</summary>
    public void Difference(TKey key, in FlowCounters now, out FlowCounters growth)
    {
        ref Entry entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, key, out bool known);
        growth = now;
        if (known)
        {
            Subtract(ref growth, entry.Last);
        }
        entry.Last = now;
        entry.Look = _look;
    }

    /// <summary>Ends a look: what was not seen is forgotten.</summary>
    public void End()
    {
        foreach ((TKey key, Entry entry) in _entries)
        {
            if (entry.Look != _look)
            {
                _entries.Remove(key);
            }
        }
    }

    private static void Subtract(ref FlowCounters counters, in FlowCounters before)
    {
        counters.Bytes -= before.Bytes;
        counters.Errors -= before.Errors;
        counters.WouldBlock -= before.WouldBlock;
        counters.Interrupted -= before.Interrupted;
        counters.Truncated -= before.Truncated;
        counters.Untimed -= before.Untimed;
        counters.DurationNs -= before.DurationNs;
        counters.WaitNs -= before.WaitNs;
        for (int i = 0; i < DurationBuckets.Count; i++)
        {
            counters.Duration[i] -= before.Duration[i];
        }
        for (int i = 0; i < SizeBuckets.Count; i++)
        {
            counters.Size[i] -= before.Size[i];
        }
    }
}
