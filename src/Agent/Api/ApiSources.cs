using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Filters;
using Ipcscope.Flows;
using Ipcscope.Objects;
using Ipcscope.Waits;

namespace Ipcscope.Api;

/// <summary>What the API tells of. All are read only while somebody asks, and are not disposed.</summary>
internal sealed record ApiSources
{
    /// <summary>What processes do.</summary>
    public required IFlowSource Flows { get; init; }

    /// <summary>The agent's own health.</summary>
    public required ICaptureStatistics Capture { get; init; }

    /// <summary>Reads the calls in progress.</summary>
    public required Func<IReadOnlyList<CallInProgress>> ReadCalls { get; init; }

    /// <summary>Loads what tells who holds what.</summary>
    public required Func<IEndSource> OpenEnds { get; init; }

    /// <summary>Loads what tells which objects exist.</summary>
    public required Func<IObjectSource> OpenObjects { get; init; }

    /// <summary>Who gives how much to whom.</summary>
    public required EdgeTable Edges { get; init; }

    /// <summary>Tells where processes run.</summary>
    public required Places Places { get; init; }

    /// <summary>Clocks.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Starts a capture of single operations.</summary>
    public required Func<CaptureOptions, ICapture> StartCapture { get; init; }

    /// <summary>How such a capture is started, its filter and its events aside: as the settings have it.</summary>
    public required CaptureOptions Capturing { get; init; }

    /// <summary>What the daemon observes at all.</summary>
    public required FilterExpression? Whole { get; init; }

    /// <summary>The mechanisms that the daemon observes.</summary>
    public required IReadOnlyList<Mechanism> Mechanisms { get; init; }

    /// <summary>What does not change.</summary>
    public required AgentFacts Facts { get; init; }

    /// <summary>What becomes of what is sent to viewers.</summary>
    public required StreamLedger Sent { get; init; }
}
