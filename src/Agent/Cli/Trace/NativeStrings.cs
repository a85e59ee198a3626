using System.Runtime.InteropServices;

namespace Ipcscope.Cli;

/// <summary>A NULL-terminated vector of C strings, as execv(3) takes it.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly byte** _vector;
    private readonly int _count;

    /// <summary>Copies strings of bytes, none with a NUL inside.</summary>
    public NativeStrings(IReadOnlyList<byte[]> strings)
    {
        _count = strings.Count;
        _vector = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < _count; i++)
        {
            byte[] text = strings[i];
            _vector[i] = (byte*)NativeMemory.AllocZeroed((nuint)text.Length + 1);
            text.CopyTo(new Span<byte>(_vector[i], text.Length));
        }
    }

    /// <summary>The vector, valid until disposal.</summary>
    public byte** Vector => _vector;

    /// <summary>What a file like /proc/self/cmdline holds: strings of bytes, each ended by NUL.</summary>
    public static List<byte[]> ReadFile(string path)
    {
        List<byte[]> strings = [];
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        while (rest.IndexOf((byte)0) is int end and >= 0)
        {
            strings.Add(rest[..end].ToArray());
            rest = rest[(end + 1)..];
        }
        return strings;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int i = 0; i < _count; i++)
        {
            NativeMemory.Free(_vector[i]);
        }
        NativeMemory.Free(_vector);
    }
}
