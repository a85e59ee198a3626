using System.Globalization;

namespace Ipcscope.Waits;

/// <summary>The line of /proc/PID/stat, or of a thread's (proc_pid_stat(5)).</summary>
/// <param name="fields">Those behind the name, which may contain anything; none: the process is gone.</param>
internal readonly struct StatLine(string[] fields)
{
    // The first of them is the manual's third.
    private const int ParentField = 4 - 3;
    private const int ThreadsField = 20 - 3;
    private const int ProcessorField = 39 - 3;

    /// <summary>Reads it.</summary>
    /// <param name="folder"><c>/proc/PID</c> or <c>/proc/PID/task/TID</c>.</param>
    internal static StatLine Read(string folder)
    {
        string line = ThreadFiles.Read($"{folder}/stat");
        return new StatLine(line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary><c>R</c>, <c>S</c>, …; <c>X</c> if it is gone.</summary>
    internal char State => fields.Length > 0 ? fields[0][0] : 'X';

    /// <summary>Pid of the parent; 0 if it is gone.</summary>
    internal uint Parent => (uint)(Number(ParentField) ?? 0);

    /// <summary>How many threads the process has; 0 if it is gone.</summary>
    internal int Threads => Number(ThreadsField) ?? 0;

    /// <summary>The processor that it ran on last; null if it is gone.</summary>
    internal int? Processor => Number(ProcessorField);

    private int? Number(int field) => fields.Length > field ? int.Parse(fields[field], CultureInfo.InvariantCulture) : null;
}
