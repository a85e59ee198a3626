using Ipcscope.Decode;
using Ipcscope.Objects;

namespace Ipcscope.Volume;

/// <summary>What the last look at each process has seen, and what looking has cost. Written by one thread, read by any.</summary>
public sealed class VolumeEstimates
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, IReadOnlyDictionary<ChannelKey, ulong>> _touched = [];
    private long _looks;
    private long _ticks;

    /// <summary>Looks that were finished.</summary>
    public long Looks => Volatile.Read(ref _looks);

    /// <summary>Processor time spent.</summary>
    public TimeSpan Spent => TimeSpan.FromTicks(Volatile.Read(ref _ticks));

    /// <summary>Bytes touched in the last look's window, summed over the processes that map it; null: none of them has been looked at yet.</summary>
    public ulong? TouchedOf(IpcObject memory)
    {
        if (memory.Memory is not { } key)
        {
            return null;
        }
        ulong? sum = null;
        lock (_gate)
        {
            foreach (ObjectUser user in memory.Users)
            {
                if (_touched.TryGetValue(user.Pid, out IReadOnlyDictionary<ChannelKey, ulong>? seen) && seen.TryGetValue(key, out ulong bytes))
                {
                    sum = (sum ?? 0) + bytes;
                }
            }
        }
        return sum;
    }

    /// <summary>Takes a look over, in place of the one before it.</summary>
    internal void Store(uint pid, IReadOnlyDictionary<ChannelKey, ulong> touched)
    {
        lock (_gate)
        {
            _touched[pid] = touched;
        }
        Interlocked.Increment(ref _looks);
    }

    /// <summary>Forgets the processes that map nothing any more.</summary>
    internal void Keep(IReadOnlyCollection<uint> pids)
    {
        lock (_gate)
        {
            foreach (uint gone in _touched.Keys.Except(pids).ToArray())
            {
                _touched.Remove(gone);
            }
        }
    }

    /// <summary>Adds processor time.</summary>
    internal void Charge(TimeSpan spent) => Interlocked.Add(ref _ticks, spent.Ticks);
}
