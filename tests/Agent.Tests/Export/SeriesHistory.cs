using System.Text;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Export;

// A seed that failed must fail again.
#pragma warning disable CA5394
/// <summary>Processes that come, work and go at random, and the truth about them.</summary>
internal sealed class SeriesHistory(int seed, IReadOnlyList<MetricLabel> labels)
{
    private readonly Random _random = new(seed);
    private readonly IdentityLabels _labels = new(labels);
    private readonly List<SeriesSample> _live = [];
    private ulong _start;

    /// <summary>What all processes ever did.</summary>
    public (ulong Operations, ulong Bytes, ulong Errors, ulong Timed) Truth { get; private set; }

    public SeriesSample[] Live => [.. _live];

    /// <summary>The label sets that have a member now.</summary>
    public HashSet<string> LiveLabels => [.. _live.Select(sample => Labels(sample))];

    public void Step()
    {
        _live.RemoveAll(_ => _random.Next(12) == 0);
        for (int born = _random.Next(4); born > 0; born--)
        {
            Process process = new(new ProcessKey(++_start, (uint)_random.Next(1, 4), 0), ((char)('a' + _random.Next(6))).ToString(), 1);
            for (int i = _random.Next(1, 4); i > 0; i--)
            {
                SeriesSample sample = new() { Process = process, Mechanism = (Mechanism)_random.Next(1, 4), Operation = (Operation)_random.Next(1, 4), Errors = [] };
                if (!_live.Any(other => other.Process == process && other.Mechanism == sample.Mechanism && other.Operation == sample.Operation))
                {
                    _live.Add(sample);
                }
            }
        }
        for (int i = 0; i < _live.Count; i++)
        {
            if (_random.Next(3) != 0)
            {
                _live[i] = Work(_live[i]);
            }
        }
    }

    private SeriesSample Work(SeriesSample sample)
    {
        ulong calls = (ulong)_random.Next(50);
        ulong errors = (ulong)_random.Next(3);
        sample.Counters.Size[6] += calls;
        sample.Counters.Bytes += calls * 64;
        sample.Counters.Duration[_random.Next(DurationBuckets.Count)] += calls + errors;
        sample.Counters.Errors += errors;
        int number = _random.Next(1, 4);
        ulong before = sample.Errors.FirstOrDefault(error => error.Number == number).Count;
        sample.Errors = [.. sample.Errors.Where(error => error.Number != number), new ErrorCount(number, before + errors)];
        Truth = (Truth.Operations + calls + errors, Truth.Bytes + (calls * 64), Truth.Errors + errors, Truth.Timed + calls + errors);
        return sample;
    }

    private string Labels(SeriesSample sample) =>
        Encoding.UTF8.GetString(new MetricSeries(_labels.Of(sample.Process), Deed.Of(sample)).Labels);
}
