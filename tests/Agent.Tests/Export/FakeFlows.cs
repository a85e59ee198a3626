using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Export;

/// <summary>A source whose numbers the test sets. Every copy is taken under a lock, as a real source would.</summary>
internal sealed class FakeFlows : IFlowSource, ICaptureStatistics
{
    private readonly Lock _lock = new();
    private readonly List<SeriesSample> _series = [];
    private readonly List<FlowSample> _flows = [];

    public LossCount[] Losses { get; set; } = [new("ring", "ring_full", 4), new("table", "flow_table_full", 0)];

    public StageCount[] Stages { get; set; } = [new("table", 10, 8, 2)];

    public ProgramStatistics[] Programs { get; set; } = [new("sys_enter", true, 1.5, 1000, 0), new("sys_exit", true, 2.25, 999, 1)];

    public IReadOnlyList<MissingPart> Missing { get; set; } = [];

    public int Flows => _flows.Count;

    public int FlowsLimit => 16384;

    public long RingBytes => 1 << 20;

    public long Records => 77;

    public LossCount[] ReadLosses() => Losses;

    public StageCount[] ReadStages() => Stages;

    public ProgramStatistics[] ReadPrograms() => Programs;

    public int CopyFlows(ref FlowSample[] buffer)
    {
        lock (_lock)
        {
            buffer = [.. _flows];
            return buffer.Length;
        }
    }

    public int CopySeries(ref SeriesSample[] buffer)
    {
        lock (_lock)
        {
            // Longer than needed and with rubbish behind: only the count says what is valid.
            buffer = [.. _series, .. _series];
            return _series.Count;
        }
    }

    public Edges.FakeJournal Journal { get; } = new();

    public IFlowJournal OpenJournal() => Journal;

    public void Set(params SeriesSample[] series)
    {
        lock (_lock)
        {
            _series.Clear();
            _series.AddRange(series);
        }
    }

    public void SetFlows(params FlowSample[] flows)
    {
        lock (_lock)
        {
            _flows.Clear();
            _flows.AddRange(flows);
        }
    }
}
