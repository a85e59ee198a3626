using System.Globalization;

namespace Ipcscope.KernelTests.Product;

/// <summary>What the daemon may do once it is at work, and whom it works for.</summary>
[Collection(nameof(ProductGroup))]
public sealed class PrivilegeTests
{
    private const ulong DacReadSearch = 1UL << 2, SysPtrace = 1UL << 19, SysAdmin = 1UL << 21, SysResource = 1UL << 24, Perfmon = 1UL << 38, Bpf = 1UL << 39;

    private static readonly string[] Unprivileged = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];

    [Fact]
    public void NoThreadKeepsWhatOnlyLoadingNeeds()
    {
        using RunningAgent agent = new();
        AssertUsed(agent, DacReadSearch | SysPtrace);
        // One thread keeps what loading may need after SIGHUP, and uses it then only. What is not in the bounding set cannot come back.
        ulong other = Assert.Single(Capabilities(agent.Pid, "CapPrm"), bits => bits != (DacReadSearch | SysPtrace));
        Assert.Equal(DacReadSearch | SysPtrace | SysAdmin | SysResource | Perfmon | Bpf, other | SysResource); // some hosts give root no SysResource
        Assert.All(Capabilities(agent.Pid, "CapBnd"), bits => Assert.Equal(DacReadSearch | SysPtrace, bits));
        agent.Scrape();
        agent.Configure("aggregation: { maxFlows: 2048 }");
        Signals.Send(agent.Pid, Signals.HangUp);
        Assert.Contains("attached", Eventually.Get(() => agent.Log, log => log.Split("attached ").Length == 3)[^200..], StringComparison.Ordinal);
        Workloads.AssertCounted(agent, "pipe/vector");
        AssertUsed(agent, DacReadSearch | SysPtrace);
    }

    [Fact]
    public void TimesOfProgramsKeepTheirs()
    {
        using RunningAgent agent = new(metrics: "programTimes: true");
        AssertUsed(agent, DacReadSearch | SysPtrace | SysAdmin);
        Assert.NotEmpty(agent.Scrape().Named("ipcscope_program_runs_total"));
    }

    [Fact]
    public void TwoCapabilitiesAreEnoughToCount()
    {
        using RunningAgent agent = new(command: As("+bpf,+perfmon"));
        AssertUsed(agent, 0);
        agent.AssertSays("without CAP_SYS_PTRACE: ");
        agent.AssertSays("without CAP_DAC_READ_SEARCH: ");
        Workloads.AssertCounted(agent, "pipe/vector", "unix-stream/epipe", "mq/transfer");
        Assert.NotEmpty(agent.Scrape().Named("ipc_orphans")); // the iterators
        Assert.DoesNotContain("left out", agent.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+bpf", "CAP_PERFMON is missing")]
    [InlineData("+perfmon", "CAP_BPF is missing")]
    public void OneIsNot(string capabilities, string missing) =>
        Refusal.AssertOneLine(Binary.RunAny([.. As(capabilities), Binary.Path, "run"]).AssertStatus(4), missing, "sudo");

    [Fact]
    public void DoctorTellsWhatIsMissing()
    {
        Outcome outcome = Binary.RunAny([.. As("+bpf,+perfmon,+sys_ptrace"), Binary.Path, "doctor"]).AssertStatus(0);
        string line = Assert.Single(outcome.Lines, line => line.Contains(" privileges ", StringComparison.Ordinal));
        Assert.Matches("^warn +privileges +CAP_DAC_READ_SEARCH, CAP_SYS_ADMIN, CAP_DAC_OVERRIDE are missing$", line);
    }

    // What tells who is at which end is loaded a moment after the start.
    private static void AssertUsed(RunningAgent agent, ulong expected) =>
        Assert.All(Eventually.Get(() => Capabilities(agent.Pid, "CapEff"), all => all.All(bits => bits == expected)), bits => Assert.Equal(expected, bits));

    private static string[] As(string capabilities) =>
        [.. Unprivileged, "--inh-caps", $"-all,{capabilities}", "--ambient-caps", $"-all,{capabilities}", "--bounding-set", $"-all,{capabilities}"];

    private static ulong[] Capabilities(int pid, string field) =>
    [
        .. Directory.EnumerateDirectories($"/proc/{pid}/task")
            .Select(task => File.ReadLines($"{task}/status").Single(line => line.StartsWith($"{field}:", StringComparison.Ordinal)))
            .Select(line => ulong.Parse(line.AsSpan(field.Length + 1).Trim(), NumberStyles.HexNumber)),
    ];
}
