using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.KernelTests.Ends;

/// <summary>A capture and the iterators, for all tests of ends. Flows of processes that have ended are kept.</summary>
public sealed class EndSight : IDisposable
{
    private readonly CaptureSession _session = CaptureSession.Start(new CaptureOptions { MaintenanceInterval = TimeSpan.FromHours(1) });
    private readonly EndReader _reader = EndReader.Load();

    internal IFlowSource Flows => _session.Flows;

    /// <summary>Looks at everything that has happened before.</summary>
    internal ChannelEnds Look()
    {
        _session.Drain();
        return _reader.Read(_session.Flows);
    }

    /// <summary>The only channel of a mechanism that was used and is what is wanted.</summary>
    internal ChannelKey Used(Mechanism mechanism, Func<ChannelKey, bool> which)
    {
        _session.Drain();
        FlowSample[] samples = [];
        int count = Flows.CopyFlows(ref samples);
        return Assert.Single(samples.Take(count).Where(flow => flow.Channel.Mechanism == mechanism).Select(flow => flow.Channel.Key).Distinct(), key => which(key));
    }

    public void Dispose()
    {
        _reader.Dispose();
        _session.Dispose();
    }
}

/// <summary>Tests of ends share the capture, and run one after the other.</summary>
[CollectionDefinition(nameof(EndSight))]
public sealed class EndGroup : ICollectionFixture<EndSight>;
