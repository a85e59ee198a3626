using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>
/// Collects lines and writes them from a thread of its own, many with one write(2). Who appends waits while the output is slower
/// than the lines come: the ring then fills, and the kernel counts what it cannot keep.
/// </summary>
internal sealed class LineSink : ILineSink, IDisposable
{
    private const int BufferBytes = 256 * 1024;

    /// <summary>How long a line waits for company.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(50);

    /// <summary>How often it is looked whether anybody still reads, milliseconds.</summary>
    private const int Glance = 250;

    private readonly Output _output;
    private readonly Action _closed;
    private readonly object _gate = new();
    private readonly Thread _writer;
    private byte[] _filling = new byte[BufferBytes];
    private byte[] _writing = new byte[BufferBytes];
    private int _filled;
    private ulong _pending; // lines in the buffer that fills
    private ulong _underway; // lines in the one that is written
    private bool _ending;
    private long _deadline = long.MaxValue;

    /// <summary>Starts to write.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="closed">Told from another thread that nobody reads any more, or that writing failed.</param>
    public LineSink(Output output, Action closed)
    {
        _output = output;
        _closed = closed;
        _writer = new Thread(WriteLoop) { IsBackground = true, Name = "output" };
        _writer.Start();
    }

    /// <summary>Why no more can be written; null while all is well.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Lines of operations and headings that were handed in.</summary>
    public ulong Handed { get; private set; }

    /// <summary>Those that were written.</summary>
    public ulong Written { get; private set; }

    /// <summary>Those that were given up because the output did not move when the end came.</summary>
    public ulong Dropped { get; private set; }

    /// <summary>A line that stands above all others: it is added by <see cref="Head"/>, or before the first of them. Null: none, or it has been added.</summary>
    public byte[]? Heading { get; set; }

    /// <summary>Adds the heading now: operations may take long to come.</summary>
    public void Head()
    {
        lock (_gate)
        {
            if (Heading is { } heading)
            {
                Heading = null;
                Append(heading);
            }
        }
    }

    /// <inheritdoc/>
    public void Append(ITraceFormat format, in OperationRecord record, Channel? channel, string peer)
    {
        lock (_gate)
        {
            Head();
            Handed++;
            if (HasRoom(format.MaximumLength))
            {
                Added(format.Format(record, channel, peer, _filling.AsSpan(_filled)));
            }
        }
    }

    /// <summary>Adds a line that is complete.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            Head();
            Handed++;
            if (HasRoom(line.Length))
            {
                line.CopyTo(_filling.AsSpan(_filled));
                Added(line.Length);
            }
        }
    }

    /// <summary>From now on nobody waits longer than this for room.</summary>
    public void Hurry(TimeSpan patience)
    {
        lock (_gate)
        {
            _deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Writes the rest and ends, as far as that takes no longer than <see cref="Hurry"/> allows.</summary>
    public void Complete()
    {
        long remaining;
        lock (_gate)
        {
            _ending = true;
            remaining = _deadline - Environment.TickCount64;
            Monitor.PulseAll(_gate);
        }
        if (!_writer.Join((int)Math.Clamp(remaining, 0, int.MaxValue)))
        {
            GiveUp();
        }
    }

    /// <summary>Gives up what is not written.</summary>
    public void Dispose()
    {
        Hurry(TimeSpan.Zero);
        Complete();
    }

    // What the writer holds may yet go out in part: that is no line for who reads.
    private void GiveUp()
    {
        lock (_gate)
        {
            Dropped += _pending + _underway;
            (_pending, _underway, _filled) = (0, 0, 0);
        }
    }

    // Under the gate. False: the line is given up.
    private bool HasRoom(int length)
    {
        while (Failure is null && _filled + length > _filling.Length)
        {
            long remaining = _deadline - Environment.TickCount64;
            if (remaining <= 0)
            {
                Dropped++;
                return false;
            }
            Monitor.Wait(_gate, (int)Math.Min(remaining, int.MaxValue));
        }
        return Failure is null;
    }

    private void Added(int length)
    {
        bool wake = _filled == 0 || (_filled < BufferBytes / 2 && _filled + length >= BufferBytes / 2);
        _filled += length;
        _pending++;
        if (wake)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void WriteLoop()
    {
        try
        {
            while (Next() is int count and >= 0)
            {
                _output.Write(_writing.AsSpan(0, count));
                lock (_gate)
                {
                    (Written, _underway) = (Written + _underway, 0);
                }
            }
        }
        catch (Exception failure) when (failure is OutputClosedException or CommandException)
        {
            lock (_gate)
            {
                Failure = failure;
                Monitor.PulseAll(_gate);
                if (!_ending)
                {
                    _closed();
                }
            }
        }
    }

    // How much there is to write; -1 after the last.
    private int Next()
    {
        lock (_gate)
        {
            while (_filled == 0 && !_ending)
            {
                if (!Monitor.Wait(_gate, Glance) && _output.IsClosed)
                {
                    throw new OutputClosedException();
                }
            }
            if (!_ending && _filled < BufferBytes / 2)
            {
                Monitor.Wait(_gate, Linger);
            }
            (_filling, _writing) = (_writing, _filling);
            (int count, _filled) = (_filled, 0);
            (_underway, _pending) = (_pending, 0);
            Monitor.PulseAll(_gate);
            return count == 0 && _ending ? -1 : count;
        }
    }
}
