namespace Ipcscope.Cli.Bench;

/// <summary>What was opened for one measurement. Disposing closes and removes it, whatever part of it there is.</summary>
internal sealed class BenchObjects : IDisposable
{
    private readonly List<int> _descriptors = [];
    private Action? _removal;

    /// <summary>What the two processes are told: descriptors and ids.</summary>
    public List<int> Handles { get; } = [];

    /// <summary>The largest message that it takes; larger ones go in pieces.</summary>
    public int Piece { get; set; } = int.MaxValue;

    /// <summary>What limits <see cref="Piece"/>.</summary>
    public string Limit { get; set; } = "";

    /// <summary>Keeps a descriptor that both processes inherit.</summary>
    /// <param name="fd">The result of the call that opens it.</param>
    /// <param name="call">The name of the call.</param>
    public int Keep(int fd, string call)
    {
        _descriptors.Add(BenchException.Check(fd, call));
        // Some calls mark what they open as not to be inherited, others do not.
        _ = BenchException.Check(LibC.fcntl(fd, LibC.F_SETFD, 0), "fcntl");
        return fd;
    }

    /// <summary>Keeps it and tells the processes.</summary>
    public int Hand(int fd, string call)
    {
        Handles.Add(Keep(fd, call));
        return fd;
    }

    /// <summary>Remembers what must be removed because it outlives its users.</summary>
    public void RemoveLater(Action removal) => _removal += removal;

    /// <summary>Closes and removes; does nothing a second time, and may be called by any thread.</summary>
    public void Dispose()
    {
        Interlocked.Exchange(ref _removal, null)?.Invoke();
        lock (_descriptors)
        {
            _descriptors.ForEach(fd => _ = LibC.close(fd));
            _descriptors.Clear();
        }
    }

    /// <summary>A power of two that a limit of the kernel allows.</summary>
    /// <param name="path">Below /proc/sys.</param>
    /// <param name="otherwise">If it cannot be read.</param>
    public static int ReadLimit(string path, int otherwise)
    {
        try
        {
            return int.TryParse(File.ReadAllText($"/proc/sys/{path}").Trim(), out int limit) && limit > 0 ? 1 << int.Log2(limit) : otherwise;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }

    /// <summary>A name that nobody has.</summary>
    public static string UniqueName() => $"ipcscope-bench-{Environment.ProcessId}-{Guid.NewGuid():N}";
}
