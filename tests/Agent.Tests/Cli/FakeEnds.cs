using Ipcscope.Capture;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Cli;

/// <summary>Ends of the descriptors that it is told.</summary>
internal sealed class FakeEnds(IReadOnlyList<Descriptor> descriptors) : IEndSource
{
    /// <summary>One look at these descriptors.</summary>
    public static ChannelEnds Look(IReadOnlyList<Descriptor> descriptors, IFlowSource? flows = null)
    {
        using FakeEnds ends = new(descriptors);
        return ends.Read(flows);
    }

    public ChannelEnds Read(IFlowSource? flows = null)
    {
        var processes = new ProcessTable(descriptors.Select(d => new RunningProcess(d.Process, d.Name, d.Cgroup)));
        return new ChannelEnds(descriptors, new SeenUsers(flows), processes, new ObjectEnds(() => throw new InvalidOperationException("no objects here"), processes));
    }

    public void Dispose()
    {
    }
}
