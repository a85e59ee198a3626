using System.Threading.Channels;

namespace Ipcscope.Enrich;

/// <summary>The pods of this node and the names of their containers. What was deleted is remembered for a while: its last operations may be read later.</summary>
/// <param name="time">Clock.</param>
public sealed class PodTable(TimeProvider time)
{
    /// <summary>How long.</summary>
    internal static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Remembered<Pod>> _pods = [];
    private readonly Dictionary<string, Remembered<(string Uid, string Name)>> _containers = [];
    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _version;

    /// <summary>Rises whenever something has become known.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>How many are known, those included that were deleted of late.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _pods.Count;
            }
        }
    }

    /// <summary>Returns when somebody asks for a name that is not known, or after a while.</summary>
    public async Task WantedAsync(TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await _wanted.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>These are all pods now.</summary>
    public void Replace(IReadOnlyCollection<Pod> pods)
    {
        lock (_gate)
        {
            HashSet<string> there = [.. pods.Select(pod => pod.Uid)];
            foreach (string gone in _pods.Keys.Where(uid => !there.Contains(uid)).ToList())
            {
                MarkGone(gone);
            }
            foreach (Pod pod in pods)
            {
                Put(pod);
            }
            Sweep();
        }
    }

    /// <summary>A pod is there, or has changed.</summary>
    public void Set(Pod pod)
    {
        lock (_gate)
        {
            Put(pod);
            Sweep();
        }
    }

    /// <summary>A pod was deleted.</summary>
    public void Remove(string uid)
    {
        lock (_gate)
        {
            MarkGone(uid);
            Sweep();
        }
    }

    /// <summary>Who has a container, and what it is called; null: not known.</summary>
    /// <param name="containerId">Its id; empty: only the pod is asked for.</param>
    /// <param name="podUid">The pod's uid; empty: it is not known.</param>
    public (Pod? Pod, string? Container) Find(string containerId, string podUid)
    {
        lock (_gate)
        {
            Sweep();
            string? name = containerId.Length > 0 ? null : "";
            if (containerId.Length > 0 && _containers.TryGetValue(containerId, out var container))
            {
                podUid = podUid.Length > 0 ? podUid : container.Value.Uid;
                name = container.Value.Name;
            }
            Pod? found = _pods.TryGetValue(podUid, out var pod) ? pod.Value : null;
            if (found is null || name is null)
            {
                _wanted.Writer.TryWrite(true);
            }
            return (found, name);
        }
    }

    private void Put(Pod pod)
    {
        bool known = _pods.TryGetValue(pod.Uid, out var before);
        foreach (string old in known ? before.Value.Containers.Keys.Where(id => !pod.Containers.ContainsKey(id)) : [])
        {
            Mark(_containers, old);
        }
        bool news = !known || before.Value.Containers.Count != pod.Containers.Count || pod.Containers.Any(each => !before.Value.Containers.ContainsKey(each.Key));
        _pods[pod.Uid] = new(pod, null);
        foreach ((string id, string name) in pod.Containers)
        {
            _containers[id] = new((pod.Uid, name), null);
        }
        if (news)
        {
            Volatile.Write(ref _version, _version + 1);
        }
    }

    private void MarkGone(string uid)
    {
        if (_pods.TryGetValue(uid, out var pod))
        {
            foreach (string id in pod.Value.Containers.Keys)
            {
                Mark(_containers, id);
            }
            Mark(_pods, uid);
        }
    }

    private void Mark<T>(Dictionary<string, Remembered<T>> table, string key)
    {
        if (table.TryGetValue(key, out Remembered<T> entry) && entry.GoneAt is null)
        {
            table[key] = entry with { GoneAt = time.GetTimestamp() };
        }
    }

    private void Sweep()
    {
        Sweep(_pods);
        Sweep(_containers);
    }

    private void Sweep<T>(Dictionary<string, Remembered<T>> table)
    {
        foreach ((string key, Remembered<T> entry) in table)
        {
            if (entry.GoneAt is { } gone && time.GetElapsedTime(gone) > Memory)
            {
                table.Remove(key);
            }
        }
    }

    private readonly record struct Remembered<T>(T Value, long? GoneAt);
}
