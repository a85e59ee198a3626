namespace Bench;

/// <summary>The workloads, in the order of the tables.</summary>
internal static class Catalogue
{
    private const string RedisName = "redis";

    private static readonly (string Name, bool IsIpc, string Description)[] Workers =
    [
        ("pipe64", true, "64-byte write + read of a pipe, one process"),
        ("pingpong", true, "64 bytes to and fro through two pipes, two processes on one CPU"),
        ("stream", true, "64-byte messages through a pipe, two processes on one CPU"),
        ("unix", true, "64 bytes to and fro through a unix socketpair, two processes on one CPU"),
        ("getppid", false, "getppid, no IPC"),
        ("zero", false, "64-byte read of /dev/zero, no IPC"),
    ];

    /// <summary>Starts what was chosen, pinned to the last CPU: the harness and the tracers are on the first.</summary>
    /// <param name="complaints">Gets what does not start.</param>
    /// <exception cref="ArgumentException">A name that is no workload.</exception>
    public static IReadOnlyList<Workload> Open(Settings settings, Dictionary<string, string> complaints)
    {
        var cpu = Native.Cpus - 1;
        List<Workload> opened = [];
        foreach (var name in Choose([.. Workers.Select(worker => worker.Name), RedisName], settings.Workloads, "workload"))
        {
            try
            {
                var worker = Workers.FirstOrDefault(worker => worker.Name == name);
                opened.Add(name == RedisName ? new Redis(cpu) : new Worker(settings, name, worker.IsIpc, worker.Description, cpu));
            }
            catch (InvalidOperationException e)
            {
                complaints[name] = e.Message;
            }
        }

        return opened;
    }

    /// <summary>All names, or those which were asked for, in the order of all.</summary>
    /// <exception cref="ArgumentException">A name that does not exist.</exception>
    public static IReadOnlyList<string> Choose(IReadOnlyList<string> all, IReadOnlyList<string> wanted, string kind)
    {
        foreach (var name in wanted)
        {
            if (!all.Contains(name))
            {
                throw new ArgumentException($"no {kind} is named {name}: there are {string.Join(", ", all)}");
            }
        }

        return wanted.Count == 0 ? all : [.. all.Where(wanted.Contains)];
    }
}
