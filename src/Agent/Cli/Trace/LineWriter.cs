using System.Text;

namespace Ipcscope.Cli;

/// <summary>Writes a line of UTF-8 and knows how many cells of the terminal it takes.</summary>
/// <param name="target">Large enough for the line.</param>
internal ref struct LineWriter(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Cells taken.</summary>
    public int Cells { get; private set; }

    /// <summary>Text that takes a cell a byte.</summary>
    public void Ascii(scoped ReadOnlySpan<byte> text) => Utf8(text, text.Length);

    /// <summary>Text whose cells are known.</summary>
    public void Utf8(scoped ReadOnlySpan<byte> text, int cells)
    {
        text.CopyTo(_target[Length..]);
        Length += text.Length;
        Cells += cells;
    }

    /// <summary>A short text of ASCII.</summary>
    public void Ascii(string text)
    {
        int length = Encoding.UTF8.GetBytes(text, _target[Length..]);
        Length += length;
        Cells += length;
    }

    /// <summary>What a terminal obeys and does not show.</summary>
    public void Style(string sequence) => Length += Encoding.UTF8.GetBytes(sequence, _target[Length..]);

    /// <summary>A whole number.</summary>
    public void Number(ulong number)
    {
        number.TryFormat(_target[Length..], out int length);
        Length += length;
        Cells += length;
    }

    /// <summary>A whole number with leading zeros.</summary>
    public void Digits(ulong number, int digits)
    {
        for (int i = digits - 1; i >= 0; i--)
        {
            _target[Length + i] = (byte)('0' + (number % 10));
            number /= 10;
        }
        Length += digits;
        Cells += digits;
    }

    /// <summary>A duration with its unit.</summary>
    public void Duration(ulong nanoseconds)
    {
        int length = Units.Duration(nanoseconds, _target[Length..]);
        // µ is the only character of two bytes.
        Cells += length - (_target.Slice(Length, length).Contains((byte)0xC2) ? 1 : 0);
        Length += length;
    }

    /// <summary>A size with its unit.</summary>
    public void Size(ulong bytes)
    {
        int length = Units.Size(bytes, _target[Length..]);
        Cells += length;
        Length += length;
    }

    /// <summary>Spaces up to a cell.</summary>
    public void PadTo(int cells)
    {
        int count = cells - Cells;
        if (count > 0)
        {
            _target.Slice(Length, count).Fill((byte)' ');
            Length += count;
            Cells += count;
        }
    }
}
