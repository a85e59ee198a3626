using System.Diagnostics.Metrics;
using Ipcscope.Capture;
using Ipcscope.Edges;
using Ipcscope.Flows;
using Ipcscope.Volume;

namespace Ipcscope.Export;

/// <summary>
/// The agent's own health as OpenTelemetry instruments. The exporter makes <c>ipcscope_lost_total</c> of the counter <c>ipcscope.lost</c>,
/// and <c>ipcscope_ring_bytes</c> of the gauge <c>ipcscope.ring</c> with the unit By.
/// </summary>
internal sealed class SelfMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ipcscope";

    private const string Seconds = "s";
    private const string Bytes = "By";
    private readonly Meter _meter;
    private readonly ICaptureStatistics _capture;
    private readonly LedgerPage _ledger;

    /// <summary>Creates all instruments; they are read when somebody collects.</summary>
    public SelfMetrics(IMeterFactory meters, IFlowSource flows, ICaptureStatistics capture, IpcScrape scrape, VolumeEstimates? estimates, bool programTimes, EdgeTable? edges, Func<StageCount>? sent = null)
    {
        _meter = meters.Create(MeterName, Version);
        _capture = capture;
        _ledger = new LedgerPage(capture, edges, sent);
        _meter.CreateObservableGauge("ipcscope.build_info", static () => new Measurement<int>(1, Tag("version", Version)), null, "Always 1; the label says more.");
        _meter.CreateObservableCounter("ipcscope.cpu", static () => Environment.CpuUsage.TotalTime.TotalSeconds, Seconds, "Processor time of the agent itself.");
        _meter.CreateObservableCounter("ipcscope.counted", () => Stages(static stage => stage.Counted), null, "What passed a stage whole.");
        _meter.CreateObservableGauge("ipcscope.flows", () => flows.Flows, null, "Flows that own a slot.");
        _meter.CreateObservableGauge("ipcscope.flows_limit", () => flows.FlowsLimit, null, "Slots for flows.");
        _meter.CreateObservableCounter("ipcscope.lost", Losses, null, "What could not be counted, timed or named, by stage and cause.");
        _meter.CreateObservableGauge("ipcscope.missing", () => Missing(scrape), null, "1 for each part that the kernel refuses; the rest works without it.");
        _meter.CreateObservableGauge("ipcscope.probe_attached", Attached, null, "1 if the eBPF program is attached, else 0.");
        if (programTimes)
        {
            _meter.CreateObservableCounter("ipcscope.program.run", RunTime, Seconds, "Run time of the eBPF program: an estimate from samples.");
            _meter.CreateObservableCounter("ipcscope.program.runs", Runs, null, "Runs of the eBPF program: an estimate from samples.");
        }
        _meter.CreateObservableCounter("ipcscope.program.skipped", Skipped, null, "Runs of the eBPF program that the kernel skipped; exact.");
        _meter.CreateObservableCounter("ipcscope.records", () => capture.Records, null, "Records read from the ring buffer.");
        _meter.CreateObservableGauge("ipcscope.ring", () => capture.RingBytes, Bytes, "Size of the ring buffer.");
        _meter.CreateObservableGauge("ipcscope.scrape.duration", () => scrape.Duration.TotalSeconds, Seconds, "Time that it took to make the page before this one.");
        _meter.CreateObservableCounter("ipcscope.seen", () => Stages(static stage => stage.Seen), null, "What came into a stage: what was counted there, and what was lost.");
        _meter.CreateObservableGauge("ipcscope.series", () => scrape.Shown, null, "Series shown: identities, mechanisms and operations.");
        _meter.CreateObservableGauge("ipcscope.series_limit", () => scrape.MaxSeries, null, "The most series shown (metrics.maxSeries).");
        _meter.CreateObservableCounter("ipcscope.series_folded", () => scrape.Folded, null, "Series folded into other because of the limit.");
        if (estimates is not null)
        {
            _meter.CreateObservableCounter("ipcscope.volume_looks", () => estimates.Looks, null, "Looks at a process, to estimate the volume touched in shared memory.");
            _meter.CreateObservableCounter("ipcscope.volume", () => estimates.Spent.TotalSeconds, Seconds, "Processor time of these looks in the agent.");
        }
    }

    /// <summary>The version of this program, three numbers.</summary>
    public static string Version { get; } = typeof(SelfMetrics).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Losses() =>
        _ledger.Read().Losses.Select(static loss => new Measurement<long>((long)loss.Count, Tag("stage", loss.Stage), Tag("cause", loss.Cause)));

    private IEnumerable<Measurement<long>> Stages(Func<StageCount, ulong> figure) =>
        _ledger.Read().Stages.Select(stage => new Measurement<long>((long)figure(stage), Tag("stage", stage.Stage)));

    private IEnumerable<Measurement<int>> Missing(IpcScrape scrape) => _capture.Missing.Concat(scrape.Missing).Select(static part => new Measurement<int>(1, Tag("part", part.Name)));

    private IEnumerable<Measurement<int>> Attached() =>
        _capture.ReadPrograms().Select(static program => new Measurement<int>(program.Attached ? 1 : 0, Tag("program", program.Name)));

    private IEnumerable<Measurement<double>> RunTime() =>
        _capture.ReadPrograms().Select(static program => new Measurement<double>(program.RunSeconds, Tag("program", program.Name)));

    private IEnumerable<Measurement<long>> Runs() =>
        _capture.ReadPrograms().Select(static program => new Measurement<long>((long)program.Runs, Tag("program", program.Name)));

    private IEnumerable<Measurement<long>> Skipped() =>
        _capture.ReadPrograms().Select(static program => new Measurement<long>((long)program.Skipped, Tag("program", program.Name)));

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);
}
