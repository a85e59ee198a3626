using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Findings;

/// <summary>What kind of thing is wrong.</summary>
public enum ProblemKind
{
    /// <summary>Processes wait for one another, and nobody else can end that.</summary>
    Deadlock,
    /// <summary>A lock is waited for whose owner has ended.</summary>
    LostOwner,
    /// <summary>A writer waits for room that somebody does not make.</summary>
    BackPressure,
    /// <summary>A reader waits for the end of a pipe that somebody keeps open who never wrote.</summary>
    HeldOpen,
    /// <summary>A pod talks to another one by something that is no network.</summary>
    CrossPod,
}

/// <summary>Something that is wrong now.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Summary">One sentence with the processes' names.</param>
/// <param name="Evidence">What shows it, a line each.</param>
/// <param name="Waits">The calls that wait.</param>
/// <param name="Culprits">Who is why, pid and name; of a deadlock all that are in it.</param>
public sealed record Problem(ProblemKind Kind, string Summary, IReadOnlyList<string> Evidence, IReadOnlyList<Wait> Waits, IReadOnlyList<(uint Pid, string Name)> Culprits)
{
    /// <summary>How long the longest of its calls has waited, nanoseconds; at least, if that call <see cref="CallInProgress.IsFromBefore"/>.</summary>
    public ulong Age => Waits.Count == 0 ? 0 : Waits.Max(wait => wait.Call.Age);

    /// <summary>What it is about, where nobody waits.</summary>
    public IReadOnlyList<FlowSample> Flows { get; init; } = [];

    /// <summary>The mechanisms that it is about.</summary>
    public IEnumerable<Mechanism> Mechanisms => Waits.Select(wait => wait.Call.Flow.Mechanism).Concat(Flows.Select(flow => flow.Channel.Mechanism)).Distinct();
}
