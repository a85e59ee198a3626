using Ipcscope.Capture;
using Ipcscope.Edges;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.KernelTests.Edges;

/// <summary>A capture and the iterators, for all tests of edges.</summary>
public sealed class EdgeSight : IDisposable
{
    private IFlowJournal? _journal;

    internal CaptureSession Session { get; } = CaptureSession.Start(new CaptureOptions { MaxFlows = 65536 });

    internal EndReader Ends { get; } = EndReader.Load();

    /// <summary>A table that begins with what was counted before.</summary>
    internal EdgeTable Open()
    {
        _journal?.Dispose();
        _journal = Session.Flows.OpenJournal();
        return new EdgeTable(_journal);
    }

    /// <summary>Takes all that has happened before, and looks at the ends if need be.</summary>
    internal void Look(EdgeTable table)
    {
        Session.Drain();
        table.Observe();
        if (table.WantsLook)
        {
            table.Look(Ends);
        }
    }

    public void Dispose()
    {
        _journal?.Dispose();
        Ends.Dispose();
        Session.Dispose();
    }
}

/// <summary>Tests of edges share the capture, and run one after the other.</summary>
[CollectionDefinition(nameof(EdgeSight))]
public sealed class EdgeGroup : ICollectionFixture<EdgeSight>;
