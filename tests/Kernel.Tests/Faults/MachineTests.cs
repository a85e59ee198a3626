using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Faults;

/// <summary>Machines that lack something: each in a mount namespace, or a cgroup, of its own.</summary>
[Collection(nameof(ProductGroup))]
public sealed class MachineTests
{
    private const string Talk = "$AGENT trace -o json -m pipe -- sh -c 'echo hi | cat'";
    private const string Memory1 = "/sys/fs/cgroup/memory";

    [Fact]
    public void WithoutTypeInformationOneLineSaysSo()
    {
        Outcome outcome = Apart("mount -t tmpfs none /sys/kernel/btf && $AGENT trace -- true").AssertStatus(3);
        Refusal.AssertOneLine(outcome, "no type information at /sys/kernel/btf/vmlinux", "CONFIG_DEBUG_INFO_BTF");
    }

    // As containers see it, as systemd mounts it, and both as on this machine.
    [Theory]
    [InlineData("mount -t cgroup2 none /sys/fs/cgroup && test -e /sys/fs/cgroup/cgroup.controllers")]
    [InlineData("mount -t tmpfs none /sys/fs/cgroup && mkdir /sys/fs/cgroup/memory && mount -t cgroup -o memory none /sys/fs/cgroup/memory && test -e /sys/fs/cgroup/memory/tasks")]
    [InlineData("mount -t tmpfs none /sys/fs/cgroup")]
    public void ItCountsUnderAnyHierarchyOfCgroups(string mount) => AssertCounted(Apart($"{mount} && {Talk}"));

    [Fact]
    public void ItCountsWithoutTracefs() => AssertCounted(Apart(
        $"mount -t tmpfs none /sys/kernel/debug && mount -t tmpfs none /sys/kernel/tracing && ! test -e /sys/kernel/tracing/events && ! test -e /sys/kernel/debug/tracing && {Talk}"));

    [Fact]
    public void TracefsMayGoWhileItRuns()
    {
        using RunningAgent agent = new(command: ["unshare", "-m", "bash", "-c", "mount -t tracefs none /sys/kernel/tracing && exec \"$@\"", "sh"]);
        Binary.RunAny(["nsenter", "-t", $"{agent.Pid}", "-m", "umount", "-l", "/sys/kernel/tracing"]).AssertStatus(0);
        Workloads.AssertCounted(agent, "pipe/vector");
    }

    // What is attached stays; what would have been loaded later is left out, and new settings, which need new programs, are not taken.
    [Fact]
    public void TypeInformationMayGoWhileItRuns()
    {
        using RunningAgent agent = new(command: ["unshare", "-m"]);
        Binary.RunAny(["nsenter", "-t", $"{agent.Pid}", "-m", "mount", "-t", "tmpfs", "none", "/sys/kernel/btf"]).AssertStatus(0);
        Workloads.AssertCounted(agent, "pipe/vector");
        agent.AssertSays("ipc_orphans are left out: ");
        Assert.Equal(1, agent.Scrape().Named("ipcscope_missing").Single(sample => sample["part"] == "objects").Value);
        Signals.Send(agent.Pid, Signals.HangUp);
        const string Stays = "the old settings stay at work: cannot load eBPF programs: this kernel has no type information";
        Assert.Contains(Stays, Eventually.Get(() => agent.Log, log => log.Contains(Stays, StringComparison.Ordinal)), StringComparison.Ordinal);
        Workloads.AssertCounted(agent, "unix-stream/readwrite");
    }

    [Fact]
    public void AFullDiskEndsARecording()
    {
        Outcome outcome = Apart("mount -t tmpfs -o size=64k none /mnt && $AGENT trace -o json -m pipe -w /mnt/t -- sh -c 'for i in 1 2 3; do head -c 200000 /dev/zero | dd bs=100 of=/dev/null 2>&1; done'");
        Assert.Contains(outcome.ErrorLines, line => line.StartsWith("ipcscope: cannot write the output: No space left on device", StringComparison.Ordinal));
        outcome.AssertStatus(1);
        Refusal.AssertNoDefect(outcome);
        Attached.AssertNoneLeft();
    }

    // 1,048,576 flows take over a gigabyte: the kernel creates some maps, and has no memory for the next.
    [Fact]
    public void WithoutMemoryForItsMapsOneLineSaysSo()
    {
        bool first = Directory.Exists(Memory1);
        string cgroup = $"{(first ? Memory1 : "/sys/fs/cgroup")}/ipcscope-fault-{Environment.ProcessId}";
        string config = Path.GetTempFileName();
        try
        {
            File.WriteAllText(config, "aggregation: { maxFlows: 1048576 }\n");
            Outcome outcome = Binary.Script(
                $"{(first ? "" : "echo +memory > /sys/fs/cgroup/cgroup.subtree_control; ")}mkdir {cgroup} && echo 250000000 > {cgroup}/{(first ? "memory.limit_in_bytes" : "memory.max")} "
                + $"&& echo $$ > {cgroup}/cgroup.procs && exec $AGENT run --config {config}").AssertStatus(1);
            Refusal.AssertOneLine(outcome, "ENOMEM", "failed to create", "a smaller aggregation.maxFlows");
        }
        finally
        {
            File.Delete(config);
            Assert.True(Eventually.Get(() => Binary.RunAny(["rmdir", cgroup]), removed => removed.Status == 0).Status == 0);
        }
    }

    // Some hosts let nobody put programs around functions.
    [Fact]
    public void WhereFunctionsAreRefusedItIsSaidWhatToSet()
    {
        string config = Path.GetTempFileName();
        try
        {
            File.WriteAllText(config, "aggregation: { attachment: functions }\n");
            Outcome outcome = Binary.Script($"$AGENT trace --config {config} -o json -m pipe -- sh -c 'echo hi | cat'");
            if (outcome.Status == 0)
            {
                AssertCounted(outcome);
                return;
            }
            Refusal.AssertOneLine(outcome, "set aggregation.attachment: tracepoints");
        }
        finally
        {
            File.Delete(config);
        }
    }

    private static Outcome Apart(string script) => Binary.RunAny(["unshare", "-m", "bash", "-c", script]);

    // echo writes; cat reads, writes to this test, and reads the end.
    private static void AssertCounted(Outcome outcome)
    {
        outcome.AssertStatus(0);
        Assert.Equal("hi\n", outcome.Output);
        Assert.Equal(4, outcome.ErrorLines.Count(line => line.Contains("\"operation\":", StringComparison.Ordinal)));
    }
}
