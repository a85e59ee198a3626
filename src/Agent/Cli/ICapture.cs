using Ipcscope.Capture;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Cli;

/// <summary>What commands want of a capture that is under way. Disposing detaches, if <see cref="Stop"/> has not.</summary>
internal interface ICapture : ICaptureStatistics, IDisposable
{
    /// <summary>What is known of flows now.</summary>
    IFlowSource Flows { get; }

    /// <summary>From the call to the last program attached.</summary>
    TimeSpan StartTime { get; }

    /// <summary>How long detaching took; zero before.</summary>
    TimeSpan DetachTime { get; }

    /// <summary>Every thread that is inside a call now; none once stopped.</summary>
    IReadOnlyList<CallInProgress> ReadCalls();

    /// <summary>Adds a process to those that the filter lets through.</summary>
    void Watch(uint pid);

    /// <summary>Detaches and hands over what is left. Counters and losses can still be read.</summary>
    void Stop();
}
