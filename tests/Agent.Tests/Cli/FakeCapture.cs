using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Tests.Export;
using Ipcscope.Waits;

namespace Ipcscope.Tests.Cli;

/// <summary>A capture whose flows and operations the test makes.</summary>
internal sealed class FakeCapture(CaptureOptions options) : ICapture
{
    public CaptureOptions Options => options;

    public FakeFlows Source { get; } = new() { Losses = [new("ring", "ring_full", 0)] };

    public List<uint> Watched { get; } = [];

    public bool Stopped { get; private set; }

    public bool Disposed { get; private set; }

    /// <summary>What the ring still holds when the capture is stopped.</summary>
    public Action? Rest { get; set; }

    public IFlowSource Flows => Source;

    public IReadOnlyList<MissingPart> Missing => Source.Missing;

    public TimeSpan StartTime => TimeSpan.FromMilliseconds(210);

    public TimeSpan DetachTime => TimeSpan.FromMilliseconds(38);

    public long RingBytes => options.RingBytes;

    public long Records => 0;

    public IReadOnlyList<CallInProgress> Calls { get; set; } = [];

    public IReadOnlyList<CallInProgress> ReadCalls() => Calls;

    public void Watch(uint pid) => Watched.Add(pid);

    public void Stop()
    {
        if (!Stopped)
        {
            Stopped = true;
            Rest?.Invoke();
        }
    }

    public void Operate(OperationRecord record) => options.OnOperation!(record);

    public LossCount[] ReadLosses() => Source.Losses;

    public StageCount[] ReadStages() => Source.Stages;

    public ProgramStatistics[] ReadPrograms() => Source.Programs;

    public void Dispose()
    {
        Stop();
        Disposed = true;
    }
}
