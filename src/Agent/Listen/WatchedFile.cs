namespace Ipcscope.Listen;

/// <summary>
/// What some files say, read again once they have changed; looked at once a second at most, and only when asked. Their bytes are compared: dates say little of files
/// that Kubernetes replaces behind a link. What cannot be read or understood leaves the old in force.
/// </summary>
/// <param name="paths">The files, all small.</param>
/// <param name="read">Makes the value of their bytes; throws what <paramref name="isFault"/> knows if they are no good.</param>
/// <param name="isFault">Whether an exception means that a file is no good.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchedFile<T>(IReadOnlyList<string> paths, Func<byte[][], T> read, Predicate<Exception> isFault, TimeProvider time)
    where T : class
{
    private const int Longest = 1 << 20;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private byte[][] _bytes = [];
    private T? _value;
    private long _looked;

    /// <summary>Told when new contents cannot be used.</summary>
    public Action<string> OnFault { get; set; } = static _ => { };

    /// <summary>What they say now.</summary>
    /// <exception cref="AccessException">They never said anything that can be used.</exception>
    public T Value
    {
        get
        {
            lock (_gate)
            {
                if (_value is null || time.GetElapsedTime(_looked) >= Rest)
                {
                    _looked = time.GetTimestamp();
                    Look();
                }
                return _value!;
            }
        }
    }

    private void Look()
    {
        try
        {
            byte[][] bytes = [.. paths.Select(ReadAll)];
            if (bytes.Length == _bytes.Length && bytes.Zip(_bytes).All(static pair => pair.First.AsSpan().SequenceEqual(pair.Second)))
            {
                return;
            }
            _bytes = bytes; // told once, not each second
            _value = read(bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException || isFault(fault))
        {
            string message = $"{string.Join(", ", paths)}: {fault.Message}";
            if (_value is null)
            {
                throw new AccessException(message, fault);
            }
            OnFault(message);
        }
    }

    private static byte[] ReadAll(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] bytes = new byte[Longest + 1];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= Longest ? bytes[..length] : throw new IOException($"{path} is longer than {Longest} bytes: is it the right file?");
    }
}
