namespace Ipcscope.Dashboard.Agents;

/// <summary>Takes server-sent events out of a stream (HTML standard, 9.2.6), each with one line of data, as agents write them.</summary>
/// <param name="stream">The answer's body.</param>
/// <param name="longest">The most bytes that an event may have.</param>
internal sealed class EventReader(Stream stream, int longest)
{
    private const int Smallest = 16 << 10;
    private const int Room = 4 << 10; // for one read

    private byte[] _buffer = new byte[Smallest];
    private int _begin;
    private int _end;
    private int _busy;

    /// <summary>The name of the event that was read.</summary>
    public string Name { get; private set; } = "message";

    /// <summary>Its data; until the next one is read.</summary>
    public ReadOnlyMemory<byte> Data { get; private set; }

    /// <summary>Reads the next one; false at the end.</summary>
    /// <exception cref="InvalidDataException">It is too long.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        // The data of the last one is not wanted any more.
        _begin += _busy;
        _busy = 0;
        (Name, Data) = ("message", default);
        Shrink();
        int at = _begin;
        (int Begin, int Length) data = default;
        while (true)
        {
            int length = _buffer.AsSpan(at, _end - at).IndexOf((byte)'\n');
            if (length < 0)
            {
                int moved = _begin;
                if (!await FillAsync(cancellation))
                {
                    return false;
                }
                // What is left stands at the beginning now.
                (at, data.Begin) = (at - moved, data.Begin - moved);
                continue;
            }
            ReadOnlySpan<byte> line = _buffer.AsSpan(at, length).TrimEnd((byte)'\r');
            if (line.IsEmpty && data.Length > 0)
            {
                _busy = at + length + 1 - _begin;
                Data = _buffer.AsMemory(data.Begin, data.Length);
                return true;
            }
            if (line.StartsWith("event:"u8))
            {
                Name = System.Text.Encoding.UTF8.GetString(line["event:".Length..].TrimStart((byte)' '));
            }
            else if (line.StartsWith("data:"u8))
            {
                ReadOnlySpan<byte> text = line["data:".Length..].TrimStart((byte)' ');
                data = (at + line.Length - text.Length, text.Length);
            }
            at += length + 1;
            if (data.Length == 0)
            {
                _begin = at; // a comment, or a name: it needs no place
            }
        }
    }

    // A snapshot is far longer than what follows it.
    private void Shrink()
    {
        int held = _end - _begin;
        if (_buffer.Length > 8 * Smallest && held < _buffer.Length / 8)
        {
            byte[] smaller = new byte[Math.Max(Smallest, 2 * held)];
            _buffer.AsSpan(_begin, held).CopyTo(smaller);
            (_buffer, _begin, _end) = (smaller, 0, held);
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        int held = _end - _begin;
        if (held > longest)
        {
            throw new InvalidDataException($"an event has more than {longest} bytes");
        }
        byte[] target = _buffer.Length - held < Room ? new byte[2 * _buffer.Length] : _buffer;
        _buffer.AsSpan(_begin, held).CopyTo(target);
        (_buffer, _begin, _end) = (target, 0, held);
        int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += read;
        return read > 0;
    }
}
