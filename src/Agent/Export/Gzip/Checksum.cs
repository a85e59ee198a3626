using System.IO.Hashing;

namespace Ipcscope.Export.Gzip;

/// <summary>
/// The checksum of gzip (CRC-32, RFC 1952) of texts that are put together of parts: that of A and B is that of A, moved on by the length of B, xor that of B.
/// Numbers are polynomials over GF(2), the highest bit is x^0.
/// </summary>
internal static class Checksum
{
    private const uint Polynomial = 0xEDB88320;
    private const uint One = 1u << 31;
    private const int Digit = 8;

    // x^(8 n) for the digits of n in base 256.
    private static readonly uint[][] Powers = MakePowers();

    /// <summary>That of a text.</summary>
    public static uint Of(ReadOnlySpan<byte> text) => Crc32.HashToUInt32(text);

    /// <summary>What moves a checksum on by a number of bytes.</summary>
    public static uint Shift(int bytes)
    {
        uint shift = One;
        for (int digit = 0; bytes > 0; digit++, bytes >>= Digit)
        {
            shift = Multiply(shift, Powers[digit][bytes & ((1 << Digit) - 1)]);
        }
        return shift;
    }

    /// <summary>That of two texts, one behind the other.</summary>
    /// <param name="first">That of the first.</param>
    /// <param name="shift">What moves on by the length of the second.</param>
    /// <param name="second">That of the second.</param>
    public static uint Join(uint first, uint shift, uint second) => Multiply(first, shift) ^ second;

    private static uint Multiply(uint a, uint b)
    {
        uint product = 0;
        for (; a != 0; a <<= 1)
        {
            product ^= b & (uint)((int)a >> 31);
            b = (b >> 1) ^ (Polynomial & (0 - (b & 1)));
        }
        return product;
    }

    private static uint[][] MakePowers()
    {
        uint[][] powers = new uint[sizeof(int)][];
        uint step = One >> Digit; // x^8
        for (int digit = 0; digit < powers.Length; digit++)
        {
            powers[digit] = new uint[1 << Digit];
            powers[digit][0] = One;
            for (int i = 1; i < powers[digit].Length; i++)
            {
                powers[digit][i] = Multiply(powers[digit][i - 1], step);
            }
            step = Multiply(powers[digit][^1], step);
        }
        return powers;
    }
}
