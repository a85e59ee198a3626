namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>What processes do with signals, signal(7): a traced process gets those, too, that it ignores.
/// The first of them begins with the default ones (StraceLog.Command).</summary>
internal sealed class Dispositions(StraceProcesses processes)
{
    private static readonly string[] IgnoredByDefault = ["SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH"];

    private readonly Dictionary<uint, Dictionary<string, string>> _handlers = [];

    /// <summary>Whether a signal that was delivered has no effect.</summary>
    internal bool Ignores(StraceSignal signal) => Of(signal.Thread).GetValueOrDefault(signal.Name, "SIG_DFL") switch
    {
        "SIG_IGN" => true,
        "SIG_DFL" => IgnoredByDefault.Contains(signal.Name),
        _ => false,
    };

    /// <summary>Follows forks, execs and rt_sigaction.</summary>
    internal void Note(StraceCall call)
    {
        Dictionary<string, string> handlers = Of(call.Thread);
        if (!call.Succeeded)
        {
            return;
        }
        if (StraceProcesses.IsFork(call) && call.Value > 0)
        {
            Of((uint)call.Value);
        }
        else if (call.Name is "execve" or "execveat")
        {
            foreach (string caught in handlers.Keys.Where(name => handlers[name] != "SIG_IGN").ToArray())
            {
                handlers.Remove(caught);
            }
        }
        else if (call.Name == "rt_sigaction" && call.Argument(1).Split("sa_handler=") is [_, var handler])
        {
            handlers[call.Argument(0)] = handler.Split(',')[0];
        }
    }

    private Dictionary<string, string> Of(uint thread)
    {
        uint process = processes.Of(thread);
        if (!_handlers.TryGetValue(process, out Dictionary<string, string>? handlers))
        {
            handlers = processes.MakerOf(process) is { } maker ? new(Of(maker)) : [];
            _handlers.Add(process, handlers);
        }
        return handlers;
    }
}
