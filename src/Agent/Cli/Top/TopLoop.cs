using System.Runtime.InteropServices;

namespace Ipcscope.Cli;

/// <summary>The live <c>top</c>: looks, draws, and obeys keys, until it is over.</summary>
/// <param name="sampler">Looks.</param>
/// <param name="state">What was chosen.</param>
/// <param name="styles">Colours.</param>
/// <param name="setFilter">Puts a filter to work; returns what is wrong with it, or an empty string.</param>
/// <param name="time">Clock.</param>
internal sealed class TopLoop(TopSampler sampler, TopState state, Styles styles, Func<string, string> setFilter, TimeProvider time)
{
    /// <summary>SIGTSTP, Ctrl-Z.</summary>
    private const PosixSignal Suspend = (PosixSignal)20;

    private const int SIGSTOP = 19;

    /// <summary>How soon the first screen comes, whatever the interval is.</summary>
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>How often it is looked for what does not come as a key: signals, and another size.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly TopScreen _screen = new(styles);
    private TopFrame? _frame;
    private bool _stale = true;

    /// <summary>Shows until somebody ends it.</summary>
    /// <param name="output">The terminal.</param>
    /// <param name="signals">Ends it.</param>
    /// <param name="pace">When it ends.</param>
    public void Run(Output output, StopSignals signals, Pace pace)
    {
        using var terminal = new FullScreen(output);
        signals.AtOnce = terminal.Restore;
        using PosixSignalRegistration suspended = PosixSignalRegistration.Create(Suspend, context => StopSelf(context, terminal));
        long start = time.GetTimestamp();
        long next = start + Ticks(state.Interval < FirstInterval ? state.Interval : FirstInterval);
        ulong looks = 0;
        TerminalSize size = terminal.Size;
        while (!state.Quit && !signals.Token.IsCancellationRequested && looks < (pace.Count ?? ulong.MaxValue))
        {
            long now = time.GetTimestamp();
            if (pace.Duration is { } duration && now - start >= Ticks(duration))
            {
                break;
            }
            if (now >= next)
            {
                next = Look(now);
                looks++;
            }
            if (size != terminal.Size || _stale)
            {
                size = terminal.Size;
                terminal.Show(_frame is null ? ["looking …"] : _screen.Compose(state, _frame, size));
                _stale = false;
            }
            Listen(next, size);
        }
        signals.AtOnce = null;
    }

    private long Look(long now)
    {
        // While it is paused, counters go on, and the table stands still.
        if (!state.Paused || _frame is null)
        {
            _frame = sampler.Look();
            _stale = true;
        }
        return now + Ticks(state.Interval);
    }

    private void Listen(long next, TerminalSize size)
    {
        TimeSpan left = time.GetElapsedTime(time.GetTimestamp(), next);
        Span<byte> typed = stackalloc byte[256];
        int count = FullScreen.ReadKeys(typed, left < Glance ? left > TimeSpan.Zero ? left : TimeSpan.Zero : Glance);
        if (count < 0)
        {
            state.Quit = true;
            return;
        }
        for (ReadOnlySpan<byte> rest = typed[..count]; rest.Length > 0;)
        {
            var key = Key.Read(rest, out int length);
            rest = rest[length..];
            TopKeys.Apply(state, key, TopScreen.PageSize(size), setFilter);
            _stale = true;
        }
    }

    // The terminal is the shell's until we are continued.
    private void StopSelf(PosixSignalContext context, FullScreen terminal)
    {
        context.Cancel = true;
        terminal.Restore();
        _ = LibC.kill(Environment.ProcessId, SIGSTOP);
        terminal.Enter();
        _stale = true;
    }

    private long Ticks(TimeSpan duration) => (long)(duration.TotalSeconds * time.TimestampFrequency);
}
