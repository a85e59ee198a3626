namespace Ipcscope.Export.Gzip;

/// <summary>Some lines in their compressed form, for the next page.</summary>
/// <param name="Words">Its bits, and perhaps room behind them.</param>
/// <param name="Bits">How many.</param>
/// <param name="Length">Bytes of text.</param>
/// <param name="Checksum">That of the text.</param>
/// <param name="Shift">What moves a checksum on by <paramref name="Length"/>.</param>
internal sealed record KeptText(ulong[] Words, int Bits, int Length, uint Checksum, uint Shift)
{
    /// <summary>No text.</summary>
    public static KeptText Nothing { get; } = new([], 0, 0, 0, Gzip.Checksum.Shift(0));
}
