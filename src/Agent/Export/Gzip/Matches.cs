using System.Numerics;
using System.Runtime.InteropServices;

namespace Ipcscope.Export.Gzip;

/// <summary>Finds what repeats in a text, and writes the rest: lines of metrics differ little from those before.</summary>
internal sealed class Matches
{
    private const int Shortest = sizeof(uint);
    private const int TableBits = 12;

    // Where four bytes were seen last, by their hash, counted over all texts; what lies before the start of this one is not seen.
    private readonly int[] _seen = new int[1 << TableBits];
    private int _start = 1;

    /// <summary>Writes a text. It can be placed behind anything: it refers to nothing before its own beginning.</summary>
    public void Write(ReadOnlySpan<byte> text, BitWriter writer)
    {
        if (_start > int.MaxValue - text.Length)
        {
            Array.Clear(_seen);
            _start = 1;
        }
        int at = 0;
        while (at + Shortest <= text.Length)
        {
            int before = See(text, at);
            int length = before < 0 || at - before > Codes.Window ? 0 : Common(text, before, at);
            if (length < Shortest)
            {
                Codes.Literal(writer, text[at++]);
                continue;
            }
            Codes.Match(writer, length, at - before);
            at += length;
            _ = at + 2 <= text.Length ? See(text, at - 2) : 0;
        }
        foreach (byte rest in text[at..])
        {
            Codes.Literal(writer, rest);
        }
        _start += text.Length;
    }

    // Notes where four bytes are, and gives where bytes of the same hash were before; negative: nowhere.
    private int See(ReadOnlySpan<byte> text, int at)
    {
        uint four = MemoryMarshal.Read<uint>(text[at..]);
        ref int seen = ref _seen[(four * 2654435761) >> (32 - TableBits)];
        int before = seen - _start;
        seen = _start + at;
        return before;
    }

    private static int Common(ReadOnlySpan<byte> text, int before, int at)
    {
        int most = Math.Min(Codes.LongestMatch, text.Length - at);
        int length = 0;
        for (; length + sizeof(ulong) <= most; length += sizeof(ulong))
        {
            ulong differs = MemoryMarshal.Read<ulong>(text[(before + length)..]) ^ MemoryMarshal.Read<ulong>(text[(at + length)..]);
            if (differs != 0)
            {
                return length + (BitOperations.TrailingZeroCount(differs) / 8);
            }
        }
        while (length < most && text[before + length] == text[at + length])
        {
            length++;
        }
        return length;
    }
}
