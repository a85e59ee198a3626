using System.Runtime.InteropServices;

namespace Ipcscope.Cli;

/// <summary>
/// Turns signals into an orderly end: the first one asks for it, the second one ends at once. SIGTERM and SIGHUP wait
/// <see cref="Patience"/> at most, for instance for a pager that no longer reads. The kernel detaches what a dead process had attached.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>From SIGTERM to the end at the latest.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(900);

    /// <summary>SIGWINCH, signal(7): the terminal has another size.</summary>
    public const PosixSignal WindowChanged = (PosixSignal)28;

    /// <summary>How long a traced command has to follow SIGTERM before it is left alone.</summary>
    private static readonly TimeSpan CommandPatience = TimeSpan.FromMilliseconds(400);

    private static readonly PosixSignal[] Handled = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP];

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Timer? _deadline;
    private int _received;

    /// <summary>From now on signals come here.</summary>
    /// <param name="hangUpEnds">Whether SIGHUP is one of them.</param>
    public StopSignals(bool hangUpEnds = true) =>
        _registrations = [.. Handled.Where(signal => hangUpEnds || signal != PosixSignal.SIGHUP).Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    /// <summary>Cancelled once an end is wanted.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Whether Ctrl-C was the reason: the terminal has shown <c>^C</c>.</summary>
    public bool ByKey { get; private set; }

    /// <summary>What has to be done even if the process ends at once: the terminal as it was.</summary>
    public Action? AtOnce { get; set; }

    /// <summary>Takes the first signal instead: a traced command, which ends, and we with it.</summary>
    public Action<int>? PassOn { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
        _deadline?.Dispose();
        _stop.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        int number = Number(context.Signal);
        if (Interlocked.Increment(ref _received) > 1)
        {
            End(number);
        }
        bool key = context.Signal is PosixSignal.SIGINT or PosixSignal.SIGQUIT;
        ByKey = context.Signal == PosixSignal.SIGINT;
        if (!key)
        {
            _deadline = new Timer(_ => End(number), null, Patience, Timeout.InfiniteTimeSpan);
        }
        if (PassOn is not { } passOn)
        {
            _stop.Cancel();
            return;
        }
        passOn(number);
        if (!key)
        {
            _stop.CancelAfter(CommandPatience);
        }
    }

    private void End(int signal)
    {
        AtOnce?.Invoke();
        LibC._exit(ExitStatus.Signalled + signal);
    }

    /// <summary>Linux numbers, signal(7); those of <see cref="PosixSignal"/> are its own.</summary>
    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        _ => 15,
    };
}
