using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Edges;

/// <summary>A machine whose descriptors the test makes.</summary>
internal sealed class FakeEnds : IEndSource
{
    private readonly List<Descriptor> _descriptors = [];
    private readonly List<RunningProcess> _processes = [];

    /// <summary>How often somebody looked.</summary>
    public int Looks { get; private set; }

    /// <summary>A process has a channel open: <c>r</c>, <c>w</c>, <c>rw</c>, with <c>m</c> the master side.</summary>
    public void Hold(Process process, Channel channel, string mode, Channel? peer = null)
    {
        Live(process);
        _descriptors.Add(new Descriptor
        {
            Process = process.Key,
            Name = process.Name,
            Fd = _descriptors.Count,
            Key = channel.Key,
            Info = channel.Info,
            Readable = mode.Contains('r', StringComparison.Ordinal),
            Writable = mode.Contains('w', StringComparison.Ordinal),
            IsMaster = mode.Contains('m', StringComparison.Ordinal),
            IsListening = mode.Contains('l', StringComparison.Ordinal),
            Peer = peer?.Key,
        });
    }

    /// <summary>A process runs.</summary>
    public void Live(Process process) => _processes.Add(new RunningProcess(process.Key, process.Name, process.Cgroup));

    /// <summary>A process has closed everything.</summary>
    public void Close(Process process) => _descriptors.RemoveAll(descriptor => descriptor.Process == process.Key);

    public ChannelEnds Read(IFlowSource? flows = null)
    {
        Looks++;
        var table = new ProcessTable(_processes);
        return new ChannelEnds([.. _descriptors], new SeenUsers(flows), table, new ObjectEnds(() => throw new InvalidOperationException("nothing but descriptors"), table));
    }

    public void Dispose()
    {
    }
}
