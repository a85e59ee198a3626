using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Flows;

namespace Ipcscope.Filters;

/// <summary>A flow or a series. One instance can be used for many, one after the other.</summary>
/// <param name="places">Tells where processes run.</param>
public sealed class FlowSubject(Places places) : IFilterSubject
{
    private Process? _process;
    private Channel? _channel;

    /// <inheritdoc/>
    public Mechanism Mechanism { get; private set; }

    /// <inheritdoc/>
    public Operation Operation { get; private set; }

    /// <inheritdoc/>
    public Via Via { get; private set; }

    /// <inheritdoc/>
    public int Detail { get; private set; }

    /// <inheritdoc/>
    public uint Pid => _process?.Key.Pid ?? 0;

    /// <inheritdoc/>
    public string Process => _process?.Name ?? "";

    /// <inheritdoc/>
    public string Executable => _process?.Executable ?? "";

    /// <inheritdoc/>
    public ulong Cgroup => _process?.Cgroup ?? 0;

    /// <inheritdoc/>
    public Place Place => _process is null ? Place.Host : places.Of(_process);

    /// <inheritdoc/>
    public string Channel => _channel?.Name ?? "";

    /// <inheritdoc/>
    public string Peer => _channel?.Peer ?? "";

    /// <inheritdoc/>
    public uint Tid => 0;

    /// <inheritdoc/>
    public ulong Size => 0;

    /// <inheritdoc/>
    public ulong DurationNs => 0;

    /// <inheritdoc/>
    public ulong WaitNs => 0;

    /// <inheritdoc/>
    public int Error => 0;

    /// <summary>Looks at a flow from now on.</summary>
    /// <returns>This instance.</returns>
    public FlowSubject Of(in FlowSample flow)
    {
        (_process, _channel) = (flow.Process, flow.Channel);
        return Did(flow.Channel.Mechanism, flow.Operation, flow.Via, flow.Detail);
    }

    /// <summary>Looks at a series from now on.</summary>
    /// <returns>This instance.</returns>
    public FlowSubject Of(in SeriesSample series)
    {
        (_process, _channel) = (series.Process, null);
        return Did(series.Mechanism, series.Operation, series.Via, series.Detail);
    }

    /// <summary>Looks at what a flow has moved from now on.</summary>
    /// <returns>This instance.</returns>
    public FlowSubject Of(in FlowMove move)
    {
        (_process, _channel) = (move.Process, move.Channel);
        return Did(move.Mechanism, move.Operation, move.Via, move.Detail);
    }

    /// <summary>Looks at what the API remembers of a flow or a series from now on.</summary>
    /// <returns>This instance.</returns>
    internal FlowSubject Of(Api.Traced traced)
    {
        (_process, _channel) = (traced.Process, traced.Channel);
        return Did(traced.Mechanism, traced.Operation, traced.Via, traced.Detail);
    }

    private FlowSubject Did(Mechanism mechanism, Operation operation, Via via, byte detail)
    {
        (Mechanism, Operation, Via, Detail) = (mechanism, operation, via, Details.Index(mechanism, operation, detail));
        return this;
    }
}
