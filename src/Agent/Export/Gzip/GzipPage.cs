using System.Buffers;

namespace Ipcscope.Export.Gzip;

/// <summary>
/// A page compressed with gzip (RFC 1952), in one block of deflate. Of ten thousand series most have not changed since the last page: their lines are put in
/// as they were compressed then, and the checksum is put together of those of the parts. zlib can do neither: it took two thirds of a scrape.
/// </summary>
internal sealed class GzipPage
{
    private readonly BitWriter _page;
    private readonly BitWriter _part = new();
    private readonly Matches _matches = new();
    private uint _checksum;
    private uint _length;

    /// <summary>Begins a page.</summary>
    /// <param name="target">Where it goes.</param>
    public GzipPage(IBufferWriter<byte> target)
    {
        target.Write(GzipFormat.Head.Span);
        _page = new BitWriter(target);
        Codes.Begin(_page);
    }

    /// <summary>Adds text.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        _matches.Write(text, _page);
        Count(text.Length, Checksum.Shift(text.Length), Checksum.Of(text));
    }

    /// <summary>Adds text that was kept.</summary>
    public void Add(KeptText text)
    {
        _page.Put(text.Words, text.Bits);
        Count(text.Length, text.Shift, text.Checksum);
    }

    /// <summary>Adds text that the next page may have, too.</summary>
    /// <param name="text">The text.</param>
    /// <param name="before">What was kept instead: its memory is used again, or a page on which much moves would be as much garbage.</param>
    public KeptText Keep(ReadOnlySpan<byte> text, KeptText? before = null)
    {
        if (text.IsEmpty)
        {
            return KeptText.Nothing;
        }
        _matches.Write(text, _part);
        KeptText kept = new(_part.ToWords(before?.Words), _part.Length, text.Length, Checksum.Of(text), Checksum.Shift(text.Length));
        _part.Clear();
        Add(kept);
        return kept;
    }

    /// <summary>Ends the page.</summary>
    public void End()
    {
        Codes.End(_page);
        _page.Align();
        _page.Put(_checksum, 32);
        _page.Put(_length, 32);
        _page.Flush();
    }

    private void Count(int length, uint shift, uint checksum)
    {
        _checksum = Checksum.Join(_checksum, shift, checksum);
        _length += (uint)length;
    }
}
