using System.Buffers;
using System.Buffers.Text;
using Ipcscope.Export.Gzip;

namespace Ipcscope.Export;

/// <summary>Takes text in parts.</summary>
/// <param name="text">Valid during the call.</param>
internal delegate void TextSink(ReadOnlySpan<byte> text);

/// <summary>Writes lines of the text formats, through a pooled buffer and without a string.</summary>
/// <param name="sink">Where they go.</param>
/// <param name="page">Keeps some of them for the next page; null: nobody does.</param>
internal sealed class ExpositionWriter(TextSink sink, GzipPage? page = null) : IDisposable
{
    private const int BufferSize = 1 << 16;
    private const int LongestNumber = 32;
    private const ulong NanosecondsPerSecond = 1_000_000_000;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _used;
    private bool _whole;

    /// <summary>Writes to a compressed page.</summary>
    public ExpositionWriter(GzipPage page)
        : this(page.Add, page)
    {
    }

    /// <summary>Writes lines that were kept.</summary>
    /// <returns>False: there are none, they are to be written.</returns>
    public bool Repeat(KeptText? kept)
    {
        if (page is null || kept is null)
        {
            return false;
        }
        if (kept.Length > 0)
        {
            Flush();
            page.Add(kept);
        }
        return true;
    }

    /// <summary>Begins lines that <see cref="Keep"/> is to keep.</summary>
    public void BeginKept()
    {
        Flush();
        _whole = true;
    }

    /// <summary>Keeps the lines since <see cref="BeginKept"/>.</summary>
    /// <param name="before">What was kept instead, and is not needed any more.</param>
    /// <returns>What <see cref="Repeat"/> writes next time; null if they are too long, or nobody keeps them.</returns>
    public KeptText? Keep(KeptText? before)
    {
        if (page is null || !_whole)
        {
            return null;
        }
        KeptText kept = page.Keep(_buffer.AsSpan(0, _used), before);
        _used = 0;
        return kept;
    }

    /// <summary>Writes bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _used += bytes.Length;
    }

    /// <summary>Writes a line whose value is a count.</summary>
    /// <param name="name">The name and the opening brace.</param>
    /// <param name="labels">All labels but those of <paramref name="rest"/>.</param>
    /// <param name="rest">More labels, the closing brace and a blank.</param>
    /// <param name="value">The value.</param>
    public void Line(ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels, ReadOnlySpan<byte> rest, ulong value)
    {
        Span<byte> line = Begin(name, labels, rest, out int length);
        Utf8Formatter.TryFormat(value, line[length..], out int digits);
        End(line, length + digits);
    }

    /// <summary>Writes a line whose value is a duration in nanoseconds: as seconds, exact, without trailing zeros.</summary>
    public void Seconds(ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels, ReadOnlySpan<byte> rest, UInt128 nanoseconds)
    {
        Span<byte> line = Begin(name, labels, rest, out int length);
        Utf8Formatter.TryFormat((ulong)(nanoseconds / NanosecondsPerSecond), line[length..], out int digits);
        length += digits;
        ulong fraction = (ulong)(nanoseconds % NanosecondsPerSecond);
        if (fraction != 0)
        {
            line[length++] = (byte)'.';
            Utf8Formatter.TryFormat(fraction, line[length..], out digits, new StandardFormat('D', 9));
            length += line.Slice(length, digits).TrimEnd((byte)'0').Length;
        }
        End(line, length);
    }

    /// <summary>Hands all bytes on.</summary>
    public void Flush()
    {
        _whole = false;
        if (_used > 0)
        {
            sink(_buffer.AsSpan(0, _used));
            _used = 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private Span<byte> Begin(ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels, ReadOnlySpan<byte> rest, out int length)
    {
        Span<byte> line = Room(name.Length + labels.Length + rest.Length + LongestNumber);
        name.CopyTo(line);
        labels.CopyTo(line[name.Length..]);
        length = name.Length + labels.Length;
        rest.CopyTo(line[length..]);
        length += rest.Length;
        return line;
    }

    private void End(Span<byte> line, int length)
    {
        line[length] = (byte)'\n';
        _used += length + 1;
    }

    private Span<byte> Room(int length)
    {
        if (_buffer.Length - _used < length)
        {
            Flush();
            if (_buffer.Length < length)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = ArrayPool<byte>.Shared.Rent(length);
            }
        }
        return _buffer.AsSpan(_used);
    }
}
