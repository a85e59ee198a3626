namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>Which process a thread belongs to, and its address space.</summary>
internal sealed class StraceProcesses
{
    private readonly Dictionary<uint, (uint Maker, string Flags)> _made = [];
    private readonly Dictionary<uint, AddressSpace> _spaces = [];
    private readonly HashSet<uint> _leaders = [];

    internal StraceProcesses(IEnumerable<StraceLine> lines)
    {
        foreach (StraceCall call in lines.OfType<StraceCall>().Where(call => call.Succeeded))
        {
            if (IsFork(call) && call.Value > 0)
            {
                _made.TryAdd((uint)call.Value, (call.Thread, call.Name == "vfork" ? "CLONE_VM" : call.Text));
            }
            else if (call.Name == "setsid")
            {
                _leaders.Add(call.Thread);
            }
        }
    }

    /// <summary>The thread-group id.</summary>
    internal uint Of(uint thread) =>
        _made.TryGetValue(thread, out (uint Maker, string Flags) made) && made.Flags.Contains("CLONE_THREAD", StringComparison.Ordinal)
            ? Of(made.Maker)
            : thread;

    /// <summary>Whether a process group, as kill(2) names it, is one process of a session of its own.</summary>
    internal bool IsAlone(string group) =>
        uint.TryParse(group.TrimStart('-'), out uint leader) && _leaders.Contains(leader) && _made.Values.All(made => made.Maker != leader);

    /// <summary>Which thread has made a process; null: it was there before.</summary>
    internal uint? MakerOf(uint process) => _made.TryGetValue(process, out (uint Maker, string Flags) made) ? made.Maker : null;

    /// <summary>Where a thread's memory is. A child's first line may come before the end of the call that made it.</summary>
    internal AddressSpace SpaceOf(uint thread)
    {
        if (!_spaces.TryGetValue(thread, out AddressSpace? space))
        {
            space = !_made.TryGetValue(thread, out (uint Maker, string Flags) made) ? new AddressSpace()
                : made.Flags.Contains("CLONE_VM", StringComparison.Ordinal) ? SpaceOf(made.Maker)
                : new AddressSpace(SpaceOf(made.Maker));
            _spaces.Add(thread, space);
        }
        return space;
    }

    /// <summary>Follows forks and execs.</summary>
    internal void Note(StraceCall call)
    {
        if (IsFork(call) && call.Succeeded && call.Value > 0)
        {
            SpaceOf((uint)call.Value);
        }
        else if (call.Name is "execve" or "execveat" && call.Succeeded)
        {
            _spaces[call.Thread] = new AddressSpace();
        }
    }

    /// <summary>Whether it makes a thread or process.</summary>
    internal static bool IsFork(StraceCall call) => call.Name is "clone" or "clone3" or "fork" or "vfork";
}
