using System.Text;

namespace Ipcscope.Cli;

/// <summary>The columns of a trace and how wide they are; 0 stands for a column that found no room.</summary>
/// <param name="Time">When.</param>
/// <param name="Process">Who.</param>
/// <param name="Direction">The arrow.</param>
/// <param name="Mechanism">Through what.</param>
/// <param name="Peer">With whom.</param>
/// <param name="Operation">What.</param>
/// <param name="Size">How much.</param>
/// <param name="Duration">How long.</param>
/// <param name="Wait">How much of it asleep, and why.</param>
/// <param name="Width">A line is cut there.</param>
internal sealed record TraceLayout(
    int Time, int Process, int Direction, int Mechanism, int Peer, int Operation, int Size, int Duration, int Wait, int Width)
{
    /// <summary>Between two columns.</summary>
    public const int Gap = 2;

    // A process name has 15 bytes, a pid up to 7 digits, and two brackets are around it.
    private const int LongestProcess = 24;
    private const int LongestPeer = 45;

    /// <summary>Where width does not matter: names are never cut.</summary>
    private static readonly TraceLayout Free = new(15, LongestProcess, 3, 10, 24, 8, 8, 7, 12, int.MaxValue);

    // As narrow as each column may get.
    private static readonly TraceLayout Narrow = new(15, 17, 3, 10, 15, 8, 8, 7, 12, 0);

    /// <summary>Whether names are cut to their columns.</summary>
    public bool IsCut => Width != int.MaxValue;

    private int Total => ((int[])[Time, Process, Direction, Mechanism, Peer, Operation, Size, Duration, Wait]).Where(w => w > 0).Sum(w => w + Gap) - Gap;

    /// <summary>The best use of a width: what is left over goes to the names.</summary>
    public static TraceLayout For(int width)
    {
        if (width == int.MaxValue)
        {
            return Free;
        }
        TraceLayout layout = Narrow with { Width = width };
        // Who watches knows what time it is; a peer's name tells the mechanism, an operation the direction.
        layout = layout.Total > width ? layout with { Time = 0 } : layout;
        layout = layout.Total > width ? layout with { Wait = 0 } : layout;
        layout = layout.Total > width ? layout with { Mechanism = 0 } : layout;
        layout = layout.Total > width ? layout with { Direction = 0 } : layout;
        layout = layout.Total > width ? layout with { Peer = 0 } : layout;
        layout = layout.Total > width ? layout with { Size = 0 } : layout;
        int spare = Math.Max(0, width - layout.Total);
        int process = Math.Min(spare, LongestProcess - Narrow.Process);
        int peer = layout.Peer == 0 ? 0 : Math.Min(spare - process, LongestPeer - Narrow.Peer);
        return layout with { Process = layout.Process + process, Peer = layout.Peer + peer };
    }

    /// <summary>The heading.</summary>
    public string Heading()
    {
        var heading = new StringBuilder();
        foreach ((string title, int width) in (ReadOnlySpan<(string, int)>)[
            ("TIME", Time), ("PROCESS", Process), ("DIR", Direction), ("MECHANISM", Mechanism),
            ("PEER", Peer), ("OP", Operation), ("SIZE", Size), ("TIME", Duration), ("WAIT", Wait)])
        {
            heading.Append(width == 0 ? "" : title.PadRight(width + Gap));
        }
        return DisplayText.Cut(heading.ToString().TrimEnd(' '), Width);
    }
}
