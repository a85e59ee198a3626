using System.Runtime.InteropServices;
using Ipcscope.Decode;
using Ipcscope.Flows;

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
            growth.Subtract(entry.Last);
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
}
