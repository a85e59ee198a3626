namespace Ipcscope.Export.Gzip;

/// <summary>
/// Writes lines by how they differ from the one before: those of metrics begin and end alike. What ends a line and what begins the next is one match, since
/// both are as far away from where they were before as the line is long.
/// </summary>
internal static class Lines
{
    private const int Shortest = 4; // of matches; codes for shorter ones are dear

    /// <summary>Writes a text. It can be placed behind anything: it refers to nothing before its own beginning.</summary>
    public static void Write(ReadOnlySpan<byte> text, BitWriter writer)
    {
        ReadOnlySpan<byte> before = [];
        int written = 0; // the rest, up to the end of the line before, is as it was there
        for (int at = 0; at < text.Length; at += before.Length)
        {
            int end = text[at..].IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = text.Slice(at, end < 0 ? text.Length - at : end + 1);
            int head = before.Length > Codes.Window ? 0 : before.CommonPrefixLength(line);
            Match(text, at + head, ref written, before.Length, writer);
            int tail = line.Length > Codes.Window ? 0 : CommonEnd(before[head..], line[head..]);
            Literals(text[written..(at + line.Length - tail)], writer);
            written = at + line.Length - tail;
            before = line;
        }
        Match(text, text.Length, ref written, before.Length, writer);
    }

    // All up to `end` is what was `distance` before.
    private static void Match(ReadOnlySpan<byte> text, int end, ref int written, int distance, BitWriter writer)
    {
        while (end - written >= Shortest)
        {
            int length = Math.Min(end - written, Codes.LongestMatch);
            Codes.Match(writer, length, distance);
            written += length;
        }
        Literals(text[written..end], writer);
        written = end;
    }

    private static void Literals(ReadOnlySpan<byte> bytes, BitWriter writer)
    {
        foreach (byte value in bytes)
        {
            Codes.Literal(writer, value);
        }
    }

    private static int CommonEnd(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        int most = Math.Min(one.Length, other.Length), length = 0;
        while (length < most && one[^(length + 1)] == other[^(length + 1)])
        {
            length++;
        }
        return length;
    }
}
