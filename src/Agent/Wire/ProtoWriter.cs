using System.Buffers.Binary;
using System.Text;

namespace Ipcscope.Wire;

/// <summary>Writes a protobuf message (protobuf.dev, "Encoding") into memory that is kept for the next one. Fields with their default are left out by the caller.</summary>
internal sealed class ProtoWriter
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2;
    private const int LengthBytes = 4; // of a nested message: a varint of four bytes, whatever it says

    private byte[] _buffer = new byte[4096];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>Begins anew.</summary>
    public void Clear() => Length = 0;

    /// <summary>Takes back what was written behind a length.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>An integer without a sign, a boolean or an enumeration.</summary>
    public void Number(int field, ulong value)
    {
        Tag(field, Varint);
        Raw(value);
    }

    /// <summary>A number of eight bytes: fixed64, sfixed64.</summary>
    public void Fixed(int field, ulong value)
    {
        Tag(field, Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);
    }

    /// <summary>A double.</summary>
    public void Real(int field, double value) => Fixed(field, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A text.</summary>
    public void Text(int field, string value)
    {
        Tag(field, Delimited);
        int count = Encoding.UTF8.GetByteCount(value);
        Raw((ulong)count);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    /// <summary>Bytes, or a message that was written before.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, Delimited);
        Raw((ulong)value.Length);
        value.CopyTo(Take(value.Length));
    }

    /// <summary>Begins a nested message, or packed numbers; <see cref="End"/> takes what this returns.</summary>
    public int Begin(int field)
    {
        Tag(field, Delimited);
        _ = Take(LengthBytes);
        return Length;
    }

    /// <summary>Ends a nested message.</summary>
    public void End(int begin)
    {
        int count = Length - begin;
        Span<byte> length = _buffer.AsSpan(begin - LengthBytes, LengthBytes);
        for (int i = 0; i < LengthBytes; i++)
        {
            length[i] = (byte)((count >> (7 * i) & 0x7f) | (i < LengthBytes - 1 ? 0x80 : 0));
        }
    }

    /// <summary>A number of packed ones: eight bytes.</summary>
    public void PackedFixed(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    private void Tag(int field, int type) => Raw((ulong)(field << 3 | type));

    private void Raw(ulong value)
    {
        while (value >= 0x80)
        {
            Take(1)[0] = (byte)(value | 0x80);
            value >>= 7;
        }
        Take(1)[0] = (byte)value;
    }

    private Span<byte> Take(int count)
    {
        if (Length + count > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + count));
        }
        Span<byte> taken = _buffer.AsSpan(Length, count);
        Length += count;
        return taken;
    }
}
