using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Ipcscope.Dashboard.State;

/// <summary>
/// JSON as it is held. Two thirds of it are the names of properties, the same in every item: each is held once, and two bytes stand for it that are in no UTF-8.
/// </summary>
internal sealed class Terse
{
    private const byte Later = 0xFF; // ,"name":
    private const byte First = 0xFE; // "name":
    private const int MostNames = 256;
    private const int LongestName = 64;

    private readonly Lock _gate = new();
    private readonly byte[][] _names = new byte[MostNames][]; // ,"name":
    private readonly ConcurrentDictionary<byte[], byte> _known = new(new Utf8Comparer());
    private readonly ConcurrentDictionary<byte[], byte>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private int _count;

    /// <summary>Knows no names yet.</summary>
    public Terse() => _lookup = _known.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>That of all items.</summary>
    public static Terse Shared { get; } = new();

    /// <summary>Packs a text without white space between its parts; other texts only stay longer.</summary>
    public byte[] Pack(ReadOnlySpan<byte> json)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(json.Length);
        int length = 0;
        int at = 0;
        while (at < json.Length)
        {
            byte one = json[at];
            if (one != '"')
            {
                buffer[length++] = one < First ? one : (byte)'?'; // no text has such a byte
                at++;
                continue;
            }
            int end = EndOf(json, at);
            if (end < json.Length && json[end] == ':' && TryName(json[(at + 1)..(end - 1)], out byte name))
            {
                bool later = length > 0 && buffer[length - 1] == ',';
                length -= later ? 1 : 0;
                buffer[length++] = later ? Later : First;
                buffer[length++] = name;
                at = end + 1;
                continue;
            }
            for (; at < end; at++)
            {
                buffer[length++] = json[at] < First ? json[at] : (byte)'?';
            }
        }
        byte[] packed = buffer.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        return packed;
    }

    /// <summary>Writes the text.</summary>
    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> packed)
    {
        for (int mark; (mark = packed.IndexOfAny(First, Later)) >= 0; packed = packed[(mark + 2)..])
        {
            output.Write(packed[..mark]);
            output.Write(Expand(packed, mark));
        }
        output.Write(packed);
    }

    private ReadOnlySpan<byte> Expand(ReadOnlySpan<byte> packed, int mark) => _names[packed[mark + 1]].AsSpan(packed[mark] == Later ? 0 : 1);

    // Behind the quote that ends the string which begins at a quote.
    private static int EndOf(ReadOnlySpan<byte> json, int begin)
    {
        int at = begin + 1;
        while (at < json.Length && json[at] != '"')
        {
            at += json[at] == '\\' ? 2 : 1;
        }
        return Math.Min(at + 1, json.Length);
    }

    // Learned as agents use them.
    private bool TryName(ReadOnlySpan<byte> name, out byte number)
    {
        if (_lookup.TryGetValue(name, out number))
        {
            return true;
        }
        if (_count >= MostNames || name.Length > LongestName || name.IndexOfAnyInRange(First, Later) >= 0)
        {
            return false;
        }
        lock (_gate)
        {
            if (_lookup.TryGetValue(name, out number))
            {
                return true;
            }
            if (_count >= MostNames)
            {
                return false;
            }
            number = (byte)_count++;
            _names[number] = [(byte)',', (byte)'"', .. name, (byte)'"', (byte)':'];
            _known[name.ToArray()] = number;
            return true;
        }
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
