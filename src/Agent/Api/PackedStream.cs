using System.Buffers.Binary;
using Ipcscope.Export.Gzip;

namespace Ipcscope.Api;

/// <summary>The gzip stream (RFC 1952) of one viewer: what stands behind the events.</summary>
internal sealed class PackedStream
{
    private uint _checksum;
    private uint _length;

    /// <summary>An event was written.</summary>
    public void Add(PackedEvent packed)
    {
        _checksum = Checksum.Join(_checksum, Checksum.Shift(packed.Length), packed.Checksum);
        _length += (uint)packed.Length;
    }

    /// <summary>An empty last block, the checksum and the length of all.</summary>
    public byte[] End()
    {
        byte[] end = new byte[10];
        end[0] = 3; // last, fixed codes, end of block
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(2), _checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(6), _length);
        return end;
    }
}
