namespace Ipcscope.Capture;

/// <summary>One cause of loss.</summary>
/// <param name="Stage">Where, see <see cref="Stages"/>.</param>
/// <param name="Cause">Why, <see cref="LossCause.Name"/>.</param>
/// <param name="Count">How many, since the start.</param>
public readonly record struct LossCount(string Stage, string Cause, ulong Count);

/// <summary>What the kernel tells of one program (struct bpf_prog_info).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attached">Whether it is attached.</param>
/// <param name="RunSeconds">Estimated run time since the start, seconds.</param>
/// <param name="Runs">Estimated runs since the start.</param>
/// <param name="Skipped">Runs that the kernel skipped (recursion_misses); exact.</param>
public readonly record struct ProgramStatistics(string Name, bool Attached, double RunSeconds, ulong Runs, ulong Skipped);

/// <summary>The state of the capture for self-metrics, summaries and <c>doctor</c>.</summary>
public interface ICaptureStatistics
{
    /// <summary>Every cause of loss, zero ones included.</summary>
    LossCount[] ReadLosses();

    /// <summary>What every stage saw and counted, of those where both can be known.</summary>
    StageCount[] ReadStages();

    /// <summary>Every program, those that were left out included.</summary>
    ProgramStatistics[] ReadPrograms();

    /// <summary>What the kernel refused, and what is not observed therefore; none: all that was wanted is.</summary>
    IReadOnlyList<MissingPart> Missing { get; }

    /// <summary>Size of the ring buffer in bytes.</summary>
    long RingBytes { get; }

    /// <summary>Records read from the ring since the start.</summary>
    long Records { get; }
}
