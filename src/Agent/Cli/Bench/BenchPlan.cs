namespace Ipcscope.Cli.Bench;

/// <summary>What is measured, how often and how long.</summary>
/// <param name="Mechanisms">At least one.</param>
/// <param name="Rounds">How often each is measured without the agent, and with it.</param>
/// <param name="Work">How long messages of one size are sent in a round.</param>
/// <param name="Placement">Where the two processes run.</param>
/// <param name="RealTime">Whether they go before all processes of normal priority.</param>
internal sealed record BenchPlan(IReadOnlyList<BenchMechanism> Mechanisms, int Rounds, TimeSpan Work, BenchPlacement Placement, bool RealTime)
{
    /// <summary>Rounds, unless it shall be quick.</summary>
    public const int DefaultRounds = 5;

    /// <summary>Rounds if it shall be quick.</summary>
    public const int QuickRounds = 2;

    private static readonly TimeSpan DefaultWork = TimeSpan.FromMilliseconds(70);
    private static readonly TimeSpan QuickWork = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ShortestWork = TimeSpan.FromMilliseconds(5);

    /// <summary>What finding out how many messages fit in the time takes beside the work.</summary>
    private const double Trials = 1.15;

    /// <summary>What starting and ending the two processes takes.</summary>
    private static readonly TimeSpan Visit = TimeSpan.FromMilliseconds(60);

    /// <summary>Makes a plan.</summary>
    /// <param name="mechanisms">What is measured.</param>
    /// <param name="quick">Whether it shall take a fraction of the time.</param>
    /// <param name="duration">How long it shall take together; null: as long as it takes.</param>
    /// <param name="sides">2 if it is measured with the agent, too; else 1.</param>
    /// <param name="placement">Where the two processes run.</param>
    /// <param name="realTime">Whether they go before all processes of normal priority.</param>
    public static BenchPlan Make(IReadOnlyList<BenchMechanism> mechanisms, bool quick, TimeSpan? duration, int sides, BenchPlacement placement, bool realTime)
    {
        int rounds = quick ? QuickRounds : DefaultRounds;
        TimeSpan work = quick ? QuickWork : DefaultWork;
        if (duration is { } whole)
        {
            int times = rounds * sides;
            int works = times * mechanisms.Sum(mechanism => mechanism.CarriesData ? BenchFigure.Works : 1);
            work = (whole - (times * mechanisms.Count * Visit)) / Trials / works;
        }
        return new BenchPlan(mechanisms, rounds, work > ShortestWork ? work : ShortestWork, placement, realTime);
    }
}
