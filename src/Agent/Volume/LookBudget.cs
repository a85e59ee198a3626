namespace Ipcscope.Volume;

/// <summary>Keeps looks cheap: none that is expected to cost more than <see cref="Most"/>, and one part in <see cref="Share"/> of a core on average.</summary>
internal sealed class LookBudget
{
    /// <summary>The most processor time that a look may cost.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMilliseconds(100);

    /// <summary>Of each so many seconds one is spent.</summary>
    public const int Share = 100;

    private const double Gibibyte = 1 << 30;
    private const ulong Telling = 64 << 20; // with less, opening files and formatting lines are most of the cost
    private const double First = 0.08; // seconds for a GiB, until it has been measured
    private const double Bounds = 8; // of First: some process is always small enough to measure again
    private double _secondsPerByte = First / Gibibyte;

    /// <summary>Whether a look at a process is expected to be cheap enough.</summary>
    /// <param name="resident">What it has in memory, bytes.</param>
    public bool Allows(ulong resident) => resident * _secondsPerByte <= Most.TotalSeconds;

    /// <summary>Learns what a look has cost.</summary>
    /// <param name="resident">What the process has in memory, bytes.</param>
    /// <param name="spent">Processor time.</param>
    public void Learn(ulong resident, TimeSpan spent)
    {
        if (resident >= Telling)
        {
            double mean = ((3 * _secondsPerByte) + (spent.TotalSeconds / resident)) / 4;
            _secondsPerByte = Math.Clamp(mean, First / Bounds / Gibibyte, First * Bounds / Gibibyte);
        }
    }

    /// <summary>How long to rest.</summary>
    /// <param name="spent">Processor time since the last rest.</param>
    /// <param name="passed">Time since the last rest.</param>
    /// <param name="least">The least time from one look to the next.</param>
    public static TimeSpan Rest(TimeSpan spent, TimeSpan passed, TimeSpan least)
    {
        TimeSpan due = spent * Share > least ? spent * Share : least;
        return due > passed ? due - passed : TimeSpan.Zero;
    }
}
