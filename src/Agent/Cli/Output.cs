using System.Runtime.InteropServices;
using System.Text;

namespace Ipcscope.Cli;

/// <summary>Where data goes: a descriptor, written without a buffer of its own. Everything that is not data goes to standard error.</summary>
/// <param name="fd">Open for writing.</param>
internal sealed class Output(int fd)
{
    /// <summary>Standard output.</summary>
    public const int StandardOutput = 1;

    /// <summary>Standard error.</summary>
    public const int StandardError = 2;

    /// <summary>The descriptor.</summary>
    public int Fd => fd;

    /// <summary>Whether it is a terminal.</summary>
    public bool IsTerminal => TerminalSize.IsTerminal(fd);

    /// <summary>The size of the terminal; no limit where there is none.</summary>
    public TerminalSize Size => TerminalSize.Of(fd);

    /// <summary>Whether nobody can read any more what is written: the last reader of a pipe has gone.</summary>
    public unsafe bool IsClosed
    {
        get
        {
            LibC.PollFd poll = new() { Fd = fd };
            return LibC.poll(&poll, 1, 0) == 1 && (poll.Revents & LibC.POLLERR) != 0;
        }
    }

    /// <summary>Writes lines, each with a line feed behind it, in one go.</summary>
    /// <exception cref="OutputClosedException">Nobody reads any more.</exception>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public void WriteLines(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (string line in lines)
        {
            text.Append(line).Append('\n');
        }
        Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Writes all bytes.</summary>
    /// <exception cref="OutputClosedException">Nobody reads any more.</exception>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public unsafe void Write(ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data)
        {
            for (int done = 0; done < data.Length;)
            {
                nint written = LibC.write(fd, start + done, (nuint)(data.Length - done));
                done += written > 0 ? (int)written : 0;
                if (written < 0)
                {
                    Recover(Marshal.GetLastPInvokeError());
                }
            }
        }
    }

    private unsafe void Recover(int error)
    {
        switch (error)
        {
            case LibC.EINTR:
                return;
            // Who started us made the descriptor non-blocking, or shares it with someone who did.
            case LibC.EAGAIN:
                LibC.PollFd poll = new() { Fd = fd, Events = LibC.POLLOUT };
                _ = LibC.poll(&poll, 1, -1);
                return;
            case LibC.EPIPE:
                throw new OutputClosedException();
            default:
                throw new CommandException(ExitStatus.Failed, $"cannot write the output: {Marshal.GetPInvokeErrorMessage(error)} (descriptor {fd})");
        }
    }
}
