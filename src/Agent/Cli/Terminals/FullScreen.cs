using System.Text;

namespace Ipcscope.Cli;

/// <summary>The terminal as a screen with keys: the alternate buffer, no cursor, no echo. <see cref="Restore"/> gives it back as it was, once, from any thread.</summary>
internal sealed unsafe class FullScreen : IDisposable
{
    private const int StandardInput = 0;

    /// <summary>TCSAFLUSH of bits/termios.h: keys that nobody has read are dropped.</summary>
    private const int Flush = 2;

    // Alternate buffer, cursor, and wrapping of long lines (xterm's private modes).
    private const string EnterSequence = "\e[?1049h\e[?25l\e[?7l\e[H\e[2J";
    private const string LeaveSequence = "\e[?7h\e[?25h\e[?1049l";

    private readonly Output _output;
    private readonly Lock _gate = new();
    private Termios _before;
    private bool _entered;

    /// <summary>Takes the terminal.</summary>
    /// <exception cref="OutputClosedException">It has gone.</exception>
    public FullScreen(Output output)
    {
        _output = output;
        Enter();
    }

    /// <summary>Its size now.</summary>
    public TerminalSize Size => _output.Size;

    /// <summary>Takes the terminal again after <see cref="Restore"/>.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            fixed (Termios* before = &_before)
            {
                _ = LibC.tcgetattr(StandardInput, before);
            }
            Termios keys = _before.ForKeys();
            _ = LibC.tcsetattr(StandardInput, Flush, &keys);
            _entered = true;
            _output.Write(Encoding.ASCII.GetBytes(EnterSequence));
        }
    }

    /// <summary>Gives the terminal back.</summary>
    public void Restore()
    {
        lock (_gate)
        {
            if (!_entered)
            {
                return;
            }
            _entered = false;
            fixed (Termios* before = &_before)
            {
                _ = LibC.tcsetattr(StandardInput, Flush, before);
            }
            try
            {
                _output.Write(Encoding.ASCII.GetBytes(LeaveSequence));
            }
            catch (Exception gone) when (gone is OutputClosedException or CommandException)
            {
                // A terminal that has gone needs nothing.
            }
        }
    }

    /// <summary>Shows lines from the top, in one write.</summary>
    public void Show(IEnumerable<string> lines)
    {
        // Each line is written over the old one and its rest erased, and terminals that can show all of it at once (mode 2026): nothing flickers.
        var text = new StringBuilder("\e[?2026h\e[H");
        text.AppendJoin("\e[K\r\n", lines).Append("\e[K\e[J\e[?2026l");
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        lock (_gate)
        {
            if (_entered)
            {
                _output.Write(bytes);
            }
        }
    }

    /// <summary>Waits for keys.</summary>
    /// <param name="buffer">Takes what was typed.</param>
    /// <param name="patience">How long to wait.</param>
    /// <returns>How many bytes were typed; 0: none in that time; -1: the terminal has gone.</returns>
    public static int ReadKeys(Span<byte> buffer, TimeSpan patience)
    {
        LibC.PollFd poll = new() { Fd = StandardInput, Events = LibC.POLLIN };
        if (LibC.poll(&poll, 1, (int)Math.Ceiling(patience.TotalMilliseconds)) <= 0)
        {
            return 0;
        }
        fixed (byte* start = buffer)
        {
            nint count = LibC.read(StandardInput, start, (nuint)buffer.Length);
            return count > 0 ? (int)count : -1;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Restore();
}
