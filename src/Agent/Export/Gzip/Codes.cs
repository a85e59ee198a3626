using System.Globalization;
using System.Numerics;

namespace Ipcscope.Export.Gzip;

/// <summary>
/// The codes of all pages (RFC 1951, 3.2). They are not made for each page: they fit text of metrics, as counted on a page of ordinary programs, and every
/// byte has one. A match is of 4 to 258 bytes, at most 32,768 before.
/// </summary>
internal static class Codes
{
    /// <summary>The longest match.</summary>
    public const int LongestMatch = 258;

    /// <summary>How far back a match may be.</summary>
    public const int Window = 1 << 15;

    private const int EndOfBlock = 256;
    private const int FirstLength = 257;
    private const int LengthsOfLengths = 19;
    private const int Longest = 15;

    // One digit a symbol: how many bits its code has.
    private const string LiteralLengths =
        "ffffffffff8fffffffffffffffffffff6f5efffeddf9785f5455555555ccf6fffdedfcdde9ffffddcfdcdffffffffff7" +
        "f685658986f776556b656698baf8f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" +
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffef6576988899889a88aa9879749dff";

    private const string DistanceLengths = "ddccca569867742645343555567776";

    private static readonly (uint Bits, int Count)[] Literals = Make(LiteralLengths);
    private static readonly (uint Bits, int Count)[] Distances = Make(DistanceLengths);
    private static readonly (uint Bits, int Count)[] Lengths = [.. Enumerable.Range(0, LongestMatch + 1).Select(MakeLength)];

    /// <summary>Writes what begins the one block of a page.</summary>
    public static void Begin(BitWriter writer)
    {
        writer.Put(1, 1); // the last block
        writer.Put(2, 2); // with codes of its own
        writer.Put((ulong)(LiteralLengths.Length - FirstLength), 5);
        writer.Put((ulong)(DistanceLengths.Length - 1), 5);
        writer.Put(LengthsOfLengths - 4, 4);
        for (int i = 0; i < LengthsOfLengths; i++)
        {
            writer.Put(i < 3 ? 0UL : 4UL, 3); // repetitions (16 to 18), which come first, do not occur; all lengths have four bits
        }
        foreach (char length in LiteralLengths + DistanceLengths)
        {
            writer.Put(Reverse((uint)Value(length), 4), 4);
        }
    }

    /// <summary>Writes what ends it.</summary>
    public static void End(BitWriter writer) => writer.Put(Literals[EndOfBlock].Bits, Literals[EndOfBlock].Count);

    /// <summary>Writes bytes as they are.</summary>
    public static void Literal(BitWriter writer, byte value)
    {
        (uint bits, int count) = Literals[value];
        writer.Put(bits, count);
    }

    /// <summary>Writes that <paramref name="length"/> bytes are those from <paramref name="distance"/> bytes before.</summary>
    public static void Match(BitWriter writer, int length, int distance)
    {
        (uint bits, int count) = Lengths[length];
        int d = distance - 1;
        int extra = Math.Max(0, BitOperations.Log2((uint)d | 1) - 1);
        (uint code, int codeBits) = Distances[extra == 0 ? d : (2 * extra) + (d >> extra)];
        ulong all = bits | ((ulong)code << count) | ((ulong)(d & ((1 << extra) - 1)) << (count + codeBits));
        writer.Put(all, count + codeBits + extra);
    }

    // The code of a length and the bits behind it.
    private static (uint Bits, int Count) MakeLength(int length)
    {
        if (length is < 3 or LongestMatch)
        {
            return length < 3 ? default : Literals[^1];
        }
        int l = length - 3;
        int extra = Math.Max(0, BitOperations.Log2((uint)l | 1) - 2);
        (uint code, int count) = Literals[FirstLength + (extra == 0 ? l : (4 * extra) + (l >> extra))];
        return (code | ((uint)(l & ((1 << extra) - 1)) << count), count + extra);
    }

    // RFC 1951, 3.2.2; codes are written from their highest bit on.
    private static (uint Bits, int Count)[] Make(string lengths)
    {
        uint code = 0;
        var codes = new (uint, int)[lengths.Length];
        for (int length = 1; length <= Longest; length++, code <<= 1)
        {
            for (int symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (Value(lengths[symbol]) == length)
                {
                    codes[symbol] = (Reverse(code++, length), length);
                }
            }
        }
        return codes;
    }

    private static int Value(char digit) => int.Parse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static uint Reverse(uint bits, int count)
    {
        uint reversed = 0;
        for (int i = 0; i < count; i++)
        {
            reversed |= ((bits >> i) & 1) << (count - 1 - i);
        }
        return reversed;
    }
}
