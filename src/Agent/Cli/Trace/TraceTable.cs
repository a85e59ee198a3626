using System.Runtime.InteropServices;
using System.Text;
using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Export;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>A trace line for people (shared/design/interface.md): the arrow points the way the data goes.</summary>
/// <param name="clock">Tells the time of day.</param>
/// <param name="styles">Colours.</param>
/// <param name="layout">Columns.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class TraceTable(WallClock clock, Styles styles, TraceLayout layout, Places places) : ITraceFormat
{
    private const long Second = 1_000_000_000;

    /// <summary>From here on a duration deserves a look, nanoseconds.</summary>
    private const ulong Slow = 10_000_000;

    private readonly PeerCells _peers = new();
    private readonly Dictionary<Place, string> _places = new(ReferenceEqualityComparer.Instance);
    private readonly byte[] _timeOfDay = new byte[8];
    private TraceLayout _layout = layout;
    private TraceLayout? _next;
    private long _second = long.MinValue;

    /// <inheritdoc/>
    public int MaximumLength => PeerCells.MaximumLength + 400;

    /// <summary>The heading of the columns.</summary>
    public string Heading() => styles.Paint(styles.Header, _layout.Heading());

    /// <summary>Takes other columns from the next line on; from any thread.</summary>
    public void Resize(TraceLayout layout) => Volatile.Write(ref _next, layout);

    /// <inheritdoc/>
    public int Format(in OperationRecord record, Channel? channel, string peer, Span<byte> target)
    {
        if (Interlocked.Exchange(ref _next, null) is { } next)
        {
            _layout = next;
            _peers.Clear();
        }
        var line = new LineWriter(target);
        int column = Time(ref line, record.Begin, 0);
        column = Process(ref line, record, column);
        column = Labels(ref line, record.Flow, column);
        if (_layout.Peer > 0)
        {
            PeerCells.Cell cell = _peers.Find(record, channel, peer, _layout.IsCut ? _layout.Peer : int.MaxValue);
            line.Utf8(cell.Text, cell.Width);
            column = Pad(ref line, column, _layout.Peer);
        }
        line.Ascii(Words.Operations[(int)record.Flow.Operation]);
        column = Pad(ref line, column, _layout.Operation);
        if (_layout.Size > 0)
        {
            Size(ref line, record);
            column = Pad(ref line, column, _layout.Size);
        }
        Duration(ref line, record);
        if (_layout.Wait > 0)
        {
            Pad(ref line, column, _layout.Duration);
            Wait(ref line, record);
        }
        Note(ref line, record);
        target[line.Length] = (byte)'\n';
        return line.Length + 1;
    }

    private int Time(ref LineWriter line, ulong begin, int column)
    {
        if (_layout.Time == 0)
        {
            return column;
        }
        long now = clock.ToUnixNanoseconds(begin);
        long second = now / Second;
        if (second != _second)
        {
            _second = second;
            long day = (now + clock.LocalOffset(now)) / Second % 86_400;
            var writer = new LineWriter(_timeOfDay);
            writer.Digits((ulong)(day / 3600), 2);
            writer.Ascii(":"u8);
            writer.Digits((ulong)(day / 60 % 60), 2);
            writer.Ascii(":"u8);
            writer.Digits((ulong)(day % 60), 2);
        }
        line.Ascii(_timeOfDay);
        line.Ascii("."u8);
        line.Digits((ulong)(now % Second / 1000), 6);
        return Pad(ref line, column, _layout.Time);
    }

    private int Process(ref LineWriter line, in OperationRecord record, int column)
    {
        uint pid = record.Flow.Process.Pid;
        int room = _layout.IsCut ? _layout.Process - 3 - (int)Math.Log10(Math.Max(1, pid)) : int.MaxValue;
        ReadOnlySpan<byte> comm = record.Comm;
        int end = comm.IndexOf((byte)0);
        comm = end < 0 ? comm : comm[..end];
        if (comm.Length <= room && comm.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0)
        {
            line.Ascii(comm);
        }
        else
        {
            string name = DisplayText.Cut(DisplayText.Clean(Encoding.UTF8.GetString(comm)), room);
            line.Utf8(Encoding.UTF8.GetBytes(name), DisplayText.Width(name));
        }
        line.Ascii("["u8);
        line.Number(pid);
        line.Ascii("]"u8);
        return Pad(ref line, column, _layout.Process);
    }

    private int Labels(ref LineWriter line, in FlowKey flow, int column)
    {
        if (_layout.Direction > 0)
        {
            DataDirection direction = OperationTraits.Direction(flow.Operation);
            line.Utf8(direction == DataDirection.Out ? "→"u8 : direction == DataDirection.In ? "←"u8 : "–"u8, 1);
            column = Pad(ref line, column, _layout.Direction);
        }
        if (_layout.Mechanism > 0)
        {
            line.Ascii(Words.Mechanisms[(int)flow.Mechanism]);
            column = Pad(ref line, column, _layout.Mechanism);
        }
        return column;
    }

    // A failed operation has no size, and an errno instead. What was looked at and left is in brackets.
    private void Size(ref LineWriter line, in OperationRecord record)
    {
        if (record.Result < 0)
        {
            line.Style(styles.Error);
            line.Ascii(Errno.Name((int)-record.Result));
            line.Style(styles.Reset);
        }
        else if (!OperationTraits.HasSize(record.Flow.Mechanism, record.Flow.Operation) || (record.Flags & OperationMarks.Interrupted) != 0)
        {
            line.Ascii("-"u8);
        }
        else if (record.Flow.Operation == Operation.Peek)
        {
            line.Ascii("("u8);
            line.Size((ulong)record.Result);
            line.Ascii(")"u8);
        }
        else
        {
            line.Size((ulong)record.Result);
        }
    }

    private void Duration(ref LineWriter line, in OperationRecord record)
    {
        if (!WaitReasons.IsTimed(record))
        {
            line.Ascii("-"u8);
        }
        else if (line.Cells + _layout.Duration <= _layout.Width)
        {
            bool slow = record.Duration >= Slow;
            line.Style(slow ? styles.Warning : "");
            line.Duration(record.Duration);
            line.Style(slow ? styles.Reset : "");
        }
    }

    // "8.0 ms full", "0" for what could have waited and did not.
    private void Wait(ref LineWriter line, in OperationRecord record)
    {
        if (line.Cells + _layout.Wait > _layout.Width)
        {
            return;
        }
        WaitReason reason = WaitReasons.Reason(record.Flow.Mechanism, record.Flow.Operation);
        ulong waited = WaitReasons.Waited(record);
        if (reason == WaitReason.None || !WaitReasons.IsTimed(record))
        {
            line.Ascii("-"u8);
        }
        else if (waited == 0)
        {
            line.Ascii("0"u8);
        }
        else
        {
            line.Duration(waited);
            line.Ascii(" "u8);
            line.Ascii(Words.Reasons[(int)reason]);
        }
    }

    private void Note(ref LineWriter line, in OperationRecord record)
    {
        FlowKey flow = record.Flow;
        int start = line.Cells;
        Note(ref line, start, (record.Flags & OperationMarks.Interrupted) != 0, "killed inside");
        Note(ref line, start, (record.Flags & OperationMarks.Truncated) != 0, "truncated");
        string detail = Details.Word(flow.Mechanism, flow.Operation, flow.Detail);
        Note(ref line, start, detail.Length > 0, detail);
        Note(ref line, start, flow.Via == Via.IoUring, "via io_uring");
        Note(ref line, start, flow.Via == Via.Kernel, "via kernel");
        Note(ref line, start, flow.Process.Pid == Environment.ProcessId, "ipcscope itself");
        Place place = places.OfSeen(flow.Cgroup);
        Note(ref line, start, place.IsContained, WordsOf(place));
    }

    private void Note(ref LineWriter line, int start, bool holds, string note)
    {
        if (holds && line.Cells + 2 + note.Length <= _layout.Width)
        {
            line.Ascii(line.Cells == start ? "  "u8 : ", "u8);
            line.Ascii(note);
        }
    }

    private string WordsOf(Place place)
    {
        ref string? words = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, place, out _);
        return words ??= place.Words;
    }

    private static int Pad(ref LineWriter line, int column, int width)
    {
        line.PadTo(column + width);
        // Where a name is longer than its column, the next one begins later.
        line.PadTo(Math.Max(line.Cells, column + width) + TraceLayout.Gap);
        return line.Cells;
    }
}
