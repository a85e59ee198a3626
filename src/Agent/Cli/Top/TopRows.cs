using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Cli;

/// <summary>The rows of one look.</summary>
/// <param name="places">Tells where processes run.</param>
internal sealed class TopRows(Places places)
{
    private readonly Dictionary<ChannelKey, TopRow> _channels = [];
    private readonly Dictionary<ProcessKey, TopRow> _processes = [];

    /// <summary>A row a channel, in no order.</summary>
    public IReadOnlyCollection<TopRow> Channels => _channels.Values;

    /// <summary>A row a process, in no order.</summary>
    public IReadOnlyCollection<TopRow> Processes => _processes.Values;

    /// <summary>All processes in one.</summary>
    public TopRow Total { get; } = new("total", null, null);

    /// <summary>Adds what a flow has grown by.</summary>
    public void AddToChannel(in FlowSample flow, in FlowCounters growth)
    {
        if (!_channels.TryGetValue(flow.Channel.Key, out TopRow? row))
        {
            row = new TopRow(flow.Channel.Name, flow.Channel, null);
            _channels.Add(flow.Channel.Key, row);
        }
        row.Add(flow.Process, flow.Channel.Mechanism, flow.Operation, growth);
        row.State = flow.State;
        ForProcess(flow.Process).Use(flow.Channel.Key);
    }

    /// <summary>Adds a call that waits for room or a lock: it may have begun before anything was counted.</summary>
    public void AddToBoth(Wait wait)
    {
        CallInProgress call = wait.Call;
        if (!_channels.TryGetValue(call.Flow.Channel, out TopRow? row))
        {
            row = new TopRow(call.Channel, new Channel(call.Flow.Channel, call.Flow.Mechanism) { Name = call.Channel, Kind = call.Info.Kind, Peer = ChannelNames.Peer(call.Info) }, null);
            _channels.Add(call.Flow.Channel, row);
        }
        row.Add(wait);
        TopRow process = ForProcess(new Process(call.Flow.Process, call.Name, call.Cgroup));
        process.Use(call.Flow.Channel);
        process.Add(wait);
    }

    /// <summary>Adds what a process has done.</summary>
    public void AddToProcess(Process process, Mechanism mechanism, Operation operation, in FlowCounters growth)
    {
        ForProcess(process).Add(process, mechanism, operation, growth);
        Total.Add(process, mechanism, operation, growth);
    }

    /// <summary>Computes what needs all of a row.</summary>
    public void Complete()
    {
        Total.Complete();
        foreach (TopRow row in _channels.Values.Concat(_processes.Values))
        {
            row.Complete();
        }
    }

    private TopRow ForProcess(Process process)
    {
        if (!_processes.TryGetValue(process.Key, out TopRow? row))
        {
            row = new TopRow(process.Name, null, process) { Place = places.Of(process) };
            _processes.Add(process.Key, row);
        }
        return row;
    }
}
