using System.IO.Compression;

namespace Ipcscope.Api;

/// <summary>
/// An event compressed (RFC 1951) such that it may stand behind any other: it refers to nothing before itself and ends at a whole byte, and is not the last
/// block. So all viewers' streams are made of the same bytes, and each is one gzip stream (RFC 1952), which every client reads.
/// </summary>
/// <param name="Blocks">Its blocks.</param>
/// <param name="Length">Bytes of text.</param>
/// <param name="Checksum">That of the text.</param>
internal sealed record PackedEvent(ArraySegment<byte> Blocks, int Length, uint Checksum)
{
    private const int Least = 1024;
    private const int Ratio = 10; // about

    // Of text like this level 2 takes a seventh longer than level 1, and leaves three quarters of the bytes; level 3 takes twice as long as 2.
    private static readonly ZLibCompressionOptions Level = new() { CompressionLevel = 2 };

    /// <summary>Compresses.</summary>
    /// <param name="text">The event.</param>
    public static PackedEvent Make(ReadOnlySpan<byte> text)
    {
        using var room = new MemoryStream(Least + (text.Length / Ratio));
        int length;
        using (var deflate = new DeflateStream(room, Level, leaveOpen: true))
        {
            deflate.Write(text);
            deflate.Flush();
            length = (int)room.Length; // what follows would end the stream
        }
        return new PackedEvent(new ArraySegment<byte>(room.GetBuffer(), 0, length), text.Length, Export.Gzip.Checksum.Of(text));
    }
}
