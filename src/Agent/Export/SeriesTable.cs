using System.Numerics;
using System.Runtime.InteropServices;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>
/// The series that the page shows, made of the series of process images. Images with equal labels are summed: what each has grown by
/// since the last update is added, so a total keeps the counts of images that are gone and never goes down.
/// A series leaves when its last image has left. Not thread-safe, but for <see cref="Shown"/> and <see cref="Folded"/>.
/// </summary>
/// <param name="labels">The identity labels.</param>
/// <param name="maxSeries">The most series shown, at least 1.</param>
internal sealed class SeriesTable(IdentityLabels labels, int maxSeries)
{
    private readonly IdentityTable _identities = new(labels);
    private readonly Dictionary<(ProcessKey Process, ulong Cgroup), ProcessImage> _images = [];
    private readonly Dictionary<ProcessKey, uint> _used = [];
    private int _version = labels.Version;
    private readonly List<MetricSeries> _series = [];
    private readonly List<SeriesBlock> _blocks = [];
    private readonly int[] _processes = new int[Words.Mechanisms.Length];
    private Contribution?[] _taken = []; // by the place of its sample
    private uint _update;
    private int _contributions; // all there are
    private int _touched; // and those that this update has seen
    private long _folded;
    private int _shown;
    private bool _isStale; // what is arranged

    /// <summary>The series to show, identity by identity.</summary>
    public ReadOnlySpan<MetricSeries> Series => CollectionsMarshal.AsSpan(_series);

    /// <summary>The same in blocks.</summary>
    public IReadOnlyList<SeriesBlock> Blocks => _blocks;

    /// <summary>The identities to show.</summary>
    public IEnumerable<Identity> Identities => _identities.All.Where(static identity => !identity.Folded);

    /// <summary>How many series are shown.</summary>
    public int Shown => Volatile.Read(ref _shown);

    /// <summary>How many series have been folded into <c>other</c> since the start.</summary>
    public long Folded => Volatile.Read(ref _folded);

    /// <summary>Running processes that have used each mechanism, by the value of <see cref="Mechanism"/>.</summary>
    public ReadOnlySpan<int> Processes => _processes;

    /// <summary>Whether what has these identity labels is part of <c>other</c>.</summary>
    public bool IsFolded(string identity) => _identities.IsFolded(identity);

    /// <summary>Takes the series of all process images as they are now.</summary>
    public void Update(ReadOnlySpan<SeriesSample> samples)
    {
        _update++;
        foreach (Identity identity in _identities.All)
        {
            identity.Activity /= 2;
        }
        int version = labels.Version;
        if (version != _version)
        {
            _version = version;
            _isStale = true;
            Rename();
        }
        Remember(samples.Length);
        _touched = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            _taken[i] = IsTaken(_taken[i], samples[i]) ? _taken[i] : Take(samples[i]);
        }
        Sweep();
        if (_isStale)
        {
            Arrange();
        }
    }

    // Which series there are, and where each stands, is mostly as it was.
    private void Arrange()
    {
        Fold();
        _series.Clear();
        foreach (Identity identity in _identities.All)
        {
            if (!identity.Folded)
            {
                _series.AddRange(identity.Series);
            }
        }
        SeriesBlock.Divide(_blocks, Series);
        Volatile.Write(ref _shown, _series.Count);
        _isStale = false;
    }

    private void Remember(int count)
    {
        if (_taken.Length < count)
        {
            Array.Resize(ref _taken, count + (count / 4));
        }
        Array.Clear(_taken, count, _taken.Length - count);
    }

    // Most have done nothing since the last scrape.
    private bool IsTaken(Contribution? before, in SeriesSample sample)
    {
        if (!sample.IsUnchanged || before is null || before.Update != _update - 1 || before.Source != sample.Key)
        {
            return false;
        }
        Touch(before);
        return true;
    }

    private Contribution Take(in SeriesSample sample)
    {
        ref ProcessImage? image = ref CollectionsMarshal.GetValueRefOrAddDefault(_images, (sample.Process.Key, sample.Process.Cgroup), out bool known);
        if (!known)
        {
            image = _identities.Enter(sample.Process);
        }
        Contribution contribution = image!.Find(sample.Key) ?? Join(image, sample);
        Touch(contribution);
        Identity identity = image.Identity;
        identity.Activity += contribution.Series.Target.Grow(contribution, sample);
        identity.LastSeen = Math.Max(identity.LastSeen, sample.Counters.LastSeen);
        return contribution;
    }

    private Contribution Join(ProcessImage image, in SeriesSample sample)
    {
        Contribution contribution = new(sample.Key, FindNew(image.Identity, Deed.Of(sample)));
        image.Add(contribution);
        _contributions++;
        _isStale = true;
        return contribution;
    }

    private void Touch(Contribution contribution)
    {
        _touched += contribution.Update == _update ? 0 : 1;
        contribution.Update = _update;
    }

    private MetricSeries FindNew(Identity identity, Deed deed)
    {
        MetricSeries series = identity.Find(deed);
        if (series.Folded && series.Members == 0)
        {
            Volatile.Write(ref _folded, _folded + 1);
        }
        series.Members++;
        return series;
    }

    // Ends what the source no longer knows, and counts who still runs.
    private void Sweep()
    {
        bool anyLeft = _touched != _contributions;
        Array.Clear(_processes);
        _used.Clear();
        foreach (((ProcessKey Process, ulong) key, ProcessImage image) in _images)
        {
            if (anyLeft)
            {
                Sweep(image);
            }
            if (image.Contributions.Count == 0)
            {
                _identities.Leave(image);
                _images.Remove(key);
            }
            else if (image.Process.EndedAt == 0 && key.Process != default)
            {
                CountProcess(key.Process, image.Mechanisms);
            }
        }
    }

    private void Sweep(ProcessImage image)
    {
        for (int i = image.Contributions.Count - 1; i >= 0; i--)
        {
            Contribution contribution = image.Contributions[i];
            if (contribution.Update != _update)
            {
                _identities.Leave(image, contribution);
                image.RemoveAt(i);
                _contributions--;
                _isStale = true;
            }
        }
    }

    // A process that has moved to another cgroup is one process.
    private void CountProcess(ProcessKey process, uint mechanisms)
    {
        ref uint used = ref CollectionsMarshal.GetValueRefOrAddDefault(_used, process, out _);
        for (uint more = mechanisms & ~used; more != 0; more &= more - 1)
        {
            _processes[BitOperations.TrailingZeroCount(more)]++;
        }
        used |= mechanisms;
    }

    // Names have become known. A series that nobody else feeds goes on under its new name; else the old one keeps what it has. Sums stay exact.
    private void Rename()
    {
        foreach (ProcessImage image in _images.Values.Where(image => image.Process.Key != default && labels.Of(image.Process) != image.Identity.Labels).ToList())
        {
            Identity old = image.Identity;
            Identity renamed = _identities.Rename(image);
            foreach (Contribution contribution in image.Contributions)
            {
                MetricSeries before = contribution.Series;
                MetricSeries after = FindNew(renamed, before.Deed);
                if (before.Members == 1 && !before.Folded)
                {
                    after.Target.Add(before);
                }
                IdentityTable.Leave(old, contribution);
                contribution.Series = after;
            }
        }
    }

    private void Fold()
    {
        int shown = _identities.All.Sum(static identity => identity.Folded ? 0 : identity.Series.Count);
        if (shown <= maxSeries)
        {
            return;
        }
        Identity other = _identities.Other;
        IEnumerable<Identity> leastActiveFirst = _identities.All
            .Where(identity => !identity.Folded && identity != other)
            .OrderBy(static identity => identity.Activity)
            .ThenBy(static identity => identity.LastSeen)
            .ToArray();
        foreach (Identity identity in leastActiveFirst)
        {
            if (shown <= maxSeries)
            {
                break;
            }
            shown -= identity.Series.Count + other.Series.Count;
            identity.FoldInto(other);
            shown += other.Series.Count;
            Volatile.Write(ref _folded, _folded + identity.Series.Count);
        }
    }
}
