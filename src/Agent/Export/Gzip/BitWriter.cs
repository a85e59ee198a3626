using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ipcscope.Export.Gzip;

/// <summary>Writes bits, the lowest first, as deflate wants them (RFC 1951, 3.1.1).</summary>
/// <param name="target">Where full buffers go; null: nowhere, the buffer grows.</param>
internal sealed class BitWriter(IBufferWriter<byte>? target = null)
{
    private const int WordBits = 64;
    private byte[] _bytes = new byte[1 << 14];
    private int _used;
    private ulong _word;
    private int _bits;

    /// <summary>Bits since the last <see cref="Clear"/>, as long as nothing has gone to the target.</summary>
    public int Length => (_used * 8) + _bits;

    /// <summary>Writes the lowest <paramref name="count"/> (1 to 64) of <paramref name="bits"/>; the others are 0.</summary>
    public void Put(ulong bits, int count)
    {
        _word |= bits << _bits;
        int all = _bits + count;
        if (all >= WordBits)
        {
            Push(_word);
            _word = _bits == 0 ? 0 : bits >> (WordBits - _bits);
            all -= WordBits;
        }
        _bits = all;
    }

    /// <summary>Writes what another writer has.</summary>
    public void Put(ReadOnlySpan<ulong> words, int count)
    {
        ReadOnlySpan<ulong> rest = words[..(count / WordBits)];
        while (rest.Length > 0)
        {
            if (_used == _bytes.Length)
            {
                MakeRoom();
            }
            Span<ulong> room = MemoryMarshal.Cast<byte, ulong>(_bytes.AsSpan(_used));
            ReadOnlySpan<ulong> part = rest[..Math.Min(rest.Length, room.Length)];
            Shift(part, room);
            _used += part.Length * sizeof(ulong);
            rest = rest[part.Length..];
        }
        if (count % WordBits > 0)
        {
            Put(words[count / WordBits], count % WordBits);
        }
    }

    /// <summary>Goes on at the next byte.</summary>
    public void Align()
    {
        if (_bits % 8 > 0)
        {
            Put(0, 8 - (_bits % 8));
        }
    }

    /// <summary>All bits since the last <see cref="Clear"/>, in words.</summary>
    /// <param name="room">Where to, if they fit.</param>
    public ulong[] ToWords(ulong[]? room = null)
    {
        int count = (Length + WordBits - 1) / WordBits;
        ulong[] words = room?.Length >= count ? room : new ulong[count];
        for (int i = 0; i < _used; i += sizeof(ulong))
        {
            words[i / sizeof(ulong)] = BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(i));
        }
        if (_bits > 0)
        {
            words[count - 1] = _word;
        }
        return words;
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => (_used, _word, _bits) = (0, 0, 0);

    /// <summary>Hands whole bytes to the target; what is left of the last one is lost.</summary>
    public void Flush()
    {
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(last, _word);
        target?.Write(_bytes.AsSpan(0, _used));
        target?.Write(last[..(_bits / 8)]);
        Clear();
    }

    // Most of a page goes through here: without a call for each word.
    private void Shift(ReadOnlySpan<ulong> words, Span<ulong> target)
    {
        int bits = _bits;
        if (bits == 0)
        {
            words.CopyTo(target);
            return;
        }
        ulong last = _word;
        for (int i = 0; i < words.Length; i++)
        {
            ulong word = words[i];
            target[i] = last | (word << bits);
            last = word >> (WordBits - bits);
        }
        _word = last;
    }

    private void Push(ulong word)
    {
        if (_used == _bytes.Length)
        {
            MakeRoom();
        }
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_used), word);
        _used += sizeof(ulong);
    }

    private void MakeRoom()
    {
        if (target is null)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
            return;
        }
        target.Write(_bytes);
        _used = 0;
    }
}
