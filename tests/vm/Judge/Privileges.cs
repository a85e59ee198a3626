using System.Diagnostics;
using System.Globalization;

namespace Ipcscope.KernelTests.Judge;

/// <summary>What <c>ipcscope run</c> keeps of the capabilities it was given, and whom it works for: docs/privileges.md.</summary>
/// <param name="agent">The binary.</param>
/// <param name="version">Of this kernel: the truth that the agent, which asks no version, is compared with.</param>
internal sealed class Privileges(string agent, Version version)
{
    private const ulong DacReadSearch = 1UL << 2, SysPtrace = 1UL << 19, SysAdmin = 1UL << 21, SysResource = 1UL << 24, Perfmon = 1UL << 38, Bpf = 1UL << 39;

    private static readonly (ulong Bit, string Name)[] Names =
        [(DacReadSearch, "dac_read_search"), (SysPtrace, "sys_ptrace"), (SysResource, "sys_resource"), (Perfmon, "perfmon"), (Bpf, "bpf")];

    // Since 5.19 bpf(2) asks for no capability to look at a map that one has; since 5.11 memory of maps is the cgroup's.
    private readonly ulong _always = version < new Version(5, 19) ? Bpf : 0;
    private readonly ulong _loading = Bpf | Perfmon | (version < new Version(5, 11) ? SysResource : 0);

    /// <summary>All of it: what failed of each; null: nothing.</summary>
    internal IEnumerable<(string Name, string? Fault)> Perform()
    {
        yield return ("privileges/root", Try(Root));
        yield return ("privileges/user", Try(() => User(_loading | SysPtrace | DacReadSearch)));
        yield return ("privileges/user-hidepid", Try(Hidden));
        foreach ((ulong bit, string name) in Names.Where(one => (one.Bit & _loading) != 0))
        {
            yield return ($"privileges/without-{name}", Try(() => Refused(_loading & ~bit, $"CAP_{name.ToUpperInvariant()} is missing")));
        }
    }

    private static string? Try(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or IOException or InvalidDataException or HttpRequestException)
        {
            return e.Message;
        }
    }

    private void Root()
    {
        ulong kept = SysPtrace | DacReadSearch | _always;
        using GuestAgent running = new(agent, []);
        AssertHeld(running, kept, kept | Bpf | Perfmon | SysResource | SysAdmin, kept);
        running.AssertCounted("pipe/vector", "mq/transfer");
        running.Configure("aggregation: { maxFlows: 2048 }");
        running.Send(GuestAgent.HangUp);
        running.Await(() => running.Log.Split("attached ").Length == 3, "attached anew");
        running.AssertCounted("pipe/vector");
        AssertHeld(running, kept, kept | Bpf | Perfmon | SysResource | SysAdmin, kept);
        running.AssertEnds();
    }

    private void User(ulong given)
    {
        ulong kept = given & (SysPtrace | DacReadSearch | _always);
        using GuestAgent running = new(agent, As(given));
        AssertHeld(running, kept, given, given);
        foreach ((ulong bit, string name) in Names.Where(one => (one.Bit & (SysPtrace | DacReadSearch)) != 0))
        {
            bool IsSaid() => running.Log.Contains($"without CAP_{name.ToUpperInvariant()}: ", StringComparison.Ordinal);
            if ((given & bit) == 0)
            {
                running.Await(IsSaid, $"said what is missing without {name}");
            }
            else if (IsSaid())
            {
                throw new InvalidOperationException($"{name} is there, and is said to be missing: {running.Log}");
            }
        }
        running.AssertCounted("pipe/vector", "mq/transfer", "unix-stream/epipe");
        running.AssertEnds();
    }

    // Other users' processes are not in its /proc at all.
    private void Hidden()
    {
        Mount("remount,hidepid=2");
        try
        {
            User(_loading);
        }
        finally
        {
            Mount("remount,hidepid=0");
        }
    }

    private void Refused(ulong given, string message)
    {
        string[] command = [.. As(given), agent, "run"];
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 4 || !errors.Contains(message, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"status {process.ExitCode} where 4 is expected, and: {message}: {errors}");
        }
    }

    // By the rule of capabilities(7) that ambient ones are kept by exec. What root has raised for itself in this process is not passed on.
    private static string[] As(ulong given)
    {
        string capabilities = $"-all,{string.Join(',', Names.Where(one => (one.Bit & given) != 0).Select(one => $"+{one.Name}"))}";
        return
        [
            "sh", "-c", "ulimit -l 64 && exec \"$@\"", "sh", "/bin/setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--inh-caps", capabilities, "--ambient-caps", capabilities,
            "--bounding-set", capabilities,
        ];
    }

    // What tells who is at which end is loaded a moment after the start: until no thread is about to load.
    private static void AssertHeld(GuestAgent running, ulong used, ulong loading, ulong bounding)
    {
        string last = "";
        bool Held()
        {
            try
            {
                (ulong Used, ulong Permitted, ulong Bounding)[] all = [.. Directory.EnumerateDirectories($"/proc/{running.Pid}/task").Select(Read)];
                last = string.Join(' ', all.Select(one => $"{one.Used:x}/{one.Permitted:x}/{one.Bounding:x}"));
                return all.All(one => one.Used == used && one.Bounding == bounding)
                    && all.Count(one => one.Permitted == loading) == (loading == used ? all.Length : 1) && all.All(one => one.Permitted == loading || one.Permitted == used);
            }
            catch (IOException)
            {
                return false; // a thread has ended
            }
        }
        try
        {
            running.Await(Held, "held");
        }
        catch (InvalidOperationException)
        {
            throw new InvalidOperationException($"effective/permitted/bounding of its threads: {last}; expected {used:x}/{used:x}/{bounding:x}, one {used:x}/{loading:x}/{bounding:x}: {running.Log}");
        }
    }

    private static (ulong Used, ulong Permitted, ulong Bounding) Read(string task)
    {
        string[] lines = File.ReadAllLines($"{task}/status");
        ulong Value(string field) => ulong.Parse(lines.Single(line => line.StartsWith($"{field}:", StringComparison.Ordinal)).AsSpan(field.Length + 1).Trim(), NumberStyles.HexNumber);
        return (Value("CapEff"), Value("CapPrm"), Value("CapBnd"));
    }

    private static void Mount(string options)
    {
        using Process process = Process.Start("mount", ["-o", options, "/proc"]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"mount -o {options} /proc: status {process.ExitCode}");
        }
    }
}
