using System.Buffers.Text;
using Ipcscope.Decode;

namespace Ipcscope.Volume;

/// <summary>Adds up the lines <c>Referenced:</c> of the mappings it is to look for, out of /proc/PID/smaps (proc(5)).</summary>
/// <param name="wanted">The shared mappings of the process: what lies at which address.</param>
internal sealed class SmapsReader(IReadOnlyDictionary<ulong, ChannelKey> wanted)
{
    private const ulong Kilobyte = 1024;
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly Dictionary<ChannelKey, ulong> _referenced = [];
    private ChannelKey? _current;

    private static ReadOnlySpan<byte> Referenced => "Referenced:"u8;

    /// <summary>Reads all of it.</summary>
    /// <returns>Bytes referenced of each memory that is still mapped where it was.</returns>
    public IReadOnlyDictionary<ChannelKey, ulong> Read(Stream smaps)
    {
        int filled = 0;
        while (smaps.Read(_buffer, filled, _buffer.Length - filled) is > 0 and int count)
        {
            filled += count;
            int used = 0;
            while (_buffer.AsSpan(used, filled - used).IndexOf((byte)'\n') is >= 0 and int length)
            {
                Take(_buffer.AsSpan(used, length));
                used += length + 1;
            }
            _buffer.AsSpan(used, filled - used).CopyTo(_buffer);
            filled -= used;
        }
        return _referenced;
    }

    // A mapping begins with its address in small letters and digits, what is said of it with a capital.
    private void Take(ReadOnlySpan<byte> line)
    {
        if (line is not [>= (byte)'A' and <= (byte)'Z', ..])
        {
            _current = Find(line);
            if (_current is { } seen)
            {
                _referenced.TryAdd(seen, 0);
            }
        }
        else if (_current is { } memory && line.StartsWith(Referenced) && Utf8Parser.TryParse(line[Referenced.Length..].TrimStart((byte)' '), out ulong kilobytes, out _))
        {
            _referenced[memory] += kilobytes * Kilobyte;
        }
    }

    // 7f0a00000000-7f0a04000000 rw-s 00000000 00:01 1033   /memfd:x (deleted). Something else may lie there by now.
    private ChannelKey? Find(ReadOnlySpan<byte> line)
    {
        if (!Utf8Parser.TryParse(line, out ulong start, out _, 'x') || !wanted.TryGetValue(start, out ChannelKey memory))
        {
            return null;
        }
        ReadOnlySpan<byte> flags = Rest(line);
        ReadOnlySpan<byte> device = Rest(Rest(flags));
        bool same = flags is [_, _, _, (byte)'s', ..]
            && Utf8Parser.TryParse(device, out uint major, out int digits, 'x')
            && Utf8Parser.TryParse(device[(digits + 1)..], out uint minor, out _, 'x')
            && Utf8Parser.TryParse(Rest(device), out ulong inode, out _)
            && (inode, DeviceNumber.Of(major, minor)) == (memory.Inode, memory.Device);
        return same ? memory : null;
    }

    private static ReadOnlySpan<byte> Rest(ReadOnlySpan<byte> line) => line[(line.IndexOf((byte)' ') + 1)..];
}
