using System.Security.Cryptography;
using System.Text;

namespace Ipcscope.Listen;

/// <summary>What a request has to carry: <c>Authorization: Bearer …</c> (RFC 6750).</summary>
internal sealed class Token
{
    private const string Scheme = "Bearer ";
    private const int Shortest = 16;
    private const int Longest = 1024;

    private readonly byte[] _padded;

    private Token(byte[] padded) => _padded = padded;

    /// <summary>From a file's bytes: one line of printable ASCII without spaces, white space around it aside.</summary>
    /// <exception cref="FormatException">It is no token.</exception>
    public static Token Read(byte[] file)
    {
        ReadOnlySpan<byte> text = file.AsSpan().Trim(" \t\r\n"u8);
        if (text.Length is < Shortest or > Longest || text.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            throw new FormatException($"a token has {Shortest} to {Longest} characters of printable ASCII, without spaces (head -c 32 /dev/urandom | base64 makes one)");
        }
        return new Token(Pad(text));
    }

    /// <summary>Whether a header carries it. It takes as long for any header.</summary>
    public bool IsIn(string? authorization)
    {
        bool right = authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && authorization.Length <= Scheme.Length + Longest;
        return CryptographicOperations.FixedTimeEquals(_padded, Pad(right ? Encoding.UTF8.GetBytes(authorization![Scheme.Length..]) : [])) && right;
    }

    /// <summary>What only who has the token can make, and which does not tell it.</summary>
    public string Derive(string purpose) => Convert.ToHexStringLower(HMACSHA256.HashData(_padded, Encoding.UTF8.GetBytes(purpose)));

    // To one length, which then tells nothing. NUL is in no token.
    private static byte[] Pad(ReadOnlySpan<byte> text)
    {
        byte[] padded = new byte[4 * Longest];
        text.CopyTo(padded);
        return padded;
    }
}
