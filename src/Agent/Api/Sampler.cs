using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Export;
using Ipcscope.Filters;
using Ipcscope.Flows;
using Ipcscope.Objects;

namespace Ipcscope.Api;

/// <summary>Looks at everything, and builds what filters let through of it. For one thread at a time.</summary>
/// <param name="sources">Where to look.</param>
internal sealed class Sampler(ApiSources sources) : IDisposable
{
    /// <summary>How many different filters are answered at one look.</summary>
    public const int MostViews = 32;

    private readonly Traffic _traffic = new(sources.Flows);
    private readonly WaitWatch _waits = new(sources);
    private readonly ObjectWatch _objects = new(sources.OpenObjects, sources.Time);
    private readonly EdgeWatch _edges = new(sources.Edges);
    private readonly FindingBook _findings = new(sources.Time);
    private readonly LedgerPage _ledger = new(sources.Capture, sources.Edges, () => sources.Sent.Stage);
    private readonly Dictionary<string, View> _views = [];
    private long _lookedAt = sources.Time.GetTimestamp();
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private double _programs;
    private DateTimeOffset _time;
    private double _seconds;
    private AgentHealth? _health;

    /// <summary>Whether rates are known: they are of two looks.</summary>
    public bool KnowsRates => _traffic.KnowsGrowth;

    /// <summary>The objects.</summary>
    public IReadOnlyList<IpcObject> Objects => _objects.Objects;

    /// <summary>When the last look was.</summary>
    public DateTimeOffset Time => _time;

    /// <summary>Seconds since the look before it.</summary>
    public double Seconds => _seconds;

    /// <summary>Looks.</summary>
    /// <param name="viewers">Who streams now.</param>
    public void Look(int viewers)
    {
        long now = sources.Time.GetTimestamp();
        _traffic.Look();
        _seconds = Math.Max(sources.Time.GetElapsedTime(_lookedAt, now).TotalSeconds, 1e-6);
        (_lookedAt, _time) = (now, sources.Time.GetUtcNow());
        _waits.Look(_traffic);
        _edges.Look();
        _objects.Look();
        (IReadOnlyList<LossCount> losses, IReadOnlyList<StageCount> stages) = _ledger.ReadNow();
        _findings.Update(_waits.Problems, _objects.Orphans, losses);
        _health = Health(losses, stages, viewers);
        _views.Clear();
    }

    /// <summary>Follows what a filter lets through, from look to look.</summary>
    /// <param name="filter">The filter; null: everything.</param>
    public ViewBook Follow(FilterExpression? filter) => new(_traffic, filter, sources.Places);

    /// <summary>What a book tells after the last look. It is valid until the next one.</summary>
    public View Read(ViewBook book) => book.Read(_waits, _edges, _findings, _time, _seconds, _health!);

    /// <summary>What a filter lets through of the last look.</summary>
    /// <param name="text">The filter as it was written.</param>
    /// <param name="filter">The same, understood; null: everything.</param>
    /// <exception cref="RequestFault">There were too many different ones.</exception>
    public View Build(string text, FilterExpression? filter)
    {
        if (!_views.TryGetValue(text, out View? view))
        {
            if (text.Length > 0 && _views.Count >= MostViews)
            {
                throw new RequestFault(StatusCodes.Status503ServiceUnavailable, "too many filters", $"allowed: {MostViews} different ones an interval");
            }
            _views.Add(text, view = Read(Follow(filter)));
        }
        return view;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _waits.Dispose();
        _objects.Dispose();
    }

    private AgentHealth Health(IReadOnlyList<LossCount> losses, IReadOnlyList<StageCount> stages, int viewers)
    {
        var all = new Activity();
        foreach (Traced series in _traffic.Series)
        {
            all.Add(series);
        }
        all.Add(_traffic.Gone);
        ProgramStatistics[] programs = sources.Capture.ReadPrograms();
        double spent = programs.Sum(program => program.RunSeconds);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        var health = new AgentHealth
        {
            Facts = sources.Facts,
            All = all,
            Programs = programs.Length,
            Ready = Export.Health.WhyNotReady(programs, sources.Capture.Missing) is null,
            Flows = sources.Flows.Flows,
            FlowsLimit = sources.Flows.FlowsLimit,
            Channels = _traffic.Channels.Count,
            ChannelsUnlisted = _waits.Unlisted,
            Processes = _traffic.Live,
            Losses = losses,
            Stages = stages,
            Cpu = cpu,
            CpuShare = (cpu - _cpu).TotalSeconds / _seconds,
            Resident = Environment.WorkingSet,
            ProgramShare = spent > 0 ? Math.Max(0, spent - _programs) / _seconds : null,
            Viewers = viewers,
            Missing =
            [
                .. sources.Facts.Missing,
                .. sources.Capture.Missing.Select(part => (part.Name, part.ToString())),
                .. _waits.Lack is { } waits ? new[] { (waits, "who holds what and who waits for whom is not known") } : [],
                .. _objects.Lack is { } objects ? new[] { (objects, "which objects exist is not known") } : [],
                .. _objects.Missing.Select(part => (part.Name, part.ToString())),
                .. sources.Edges.Missing.Select(part => (part.Name, part.ToString())),
            ],
        };
        (_cpu, _programs) = (cpu, spent);
        return health;
    }
}
