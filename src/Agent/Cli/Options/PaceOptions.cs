using System.CommandLine;

namespace Ipcscope.Cli;

/// <summary>How often and how long.</summary>
/// <param name="Interval">Between two looks.</param>
/// <param name="Duration">How long; null: until it is ended.</param>
/// <param name="Count">How many; null: no end.</param>
internal sealed record Pace(TimeSpan Interval, TimeSpan? Duration, ulong? Count);

/// <summary>-i, -d and -n.</summary>
/// <param name="counted">What -n counts.</param>
internal sealed class PaceOptions(string counted)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    private readonly Option<TimeSpan?> _interval =
        OptionKinds.One("--interval", "-i", "TIME", "time between two looks (1s)", OptionKinds.Duration(Shortest));

    private readonly Option<TimeSpan?> _duration =
        OptionKinds.One("--duration", "-d", "TIME", "end after this time, such as 10s", OptionKinds.Duration(Shortest));

    private readonly Option<ulong?> _count =
        OptionKinds.One<ulong>("--count", "-n", "N", $"end after N {counted}", OptionKinds.ReadCount);

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="interval">Whether it looks in intervals.</param>
    public void AddTo(Command command, bool interval)
    {
        if (interval)
        {
            command.Add(_interval);
        }
        command.Add(_duration);
        command.Add(_count);
    }

    /// <summary>What was given.</summary>
    public Pace Read(ParseResult parsed) => new(
        parsed.GetValue(_interval) ?? TimeSpan.FromSeconds(1), parsed.GetValue(_duration), parsed.GetValue(_count));
}
