using System.Net;
using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Faults;

/// <summary>What the machine refuses is told in one line, and leaves nothing behind.</summary>
[Collection(nameof(ProductGroup))]
public sealed class FaultTests
{
    [Theory]
    [InlineData("trace -o json -w /dev/full -- sh -c 'echo hi | cat'")]
    [InlineData("top -b -n 1")]
    [InlineData("ls channels -o json")]
    [InlineData("graph -d 1s")]
    [InlineData("fields")]
    [InlineData("run --check")]
    public void AFullDiskIsTold(string command)
    {
        Outcome outcome = Binary.Script($"$AGENT {command} > /dev/full");
        Assert.Contains(outcome.ErrorLines, line => line.StartsWith("ipcscope: cannot write the output: No space left on device", StringComparison.Ordinal));
        outcome.AssertStatus(1);
        Refusal.AssertNoDefect(outcome);
        Attached.AssertNoneLeft();
    }

    // At once, while it loads, while it attaches, and later.
    [Fact]
    public void KilledAtAnyMomentItLeavesNothingAndStartsAgain()
    {
        foreach (double moment in (double[])[0.02, 0.2, 0.5, 0.9, 1.5])
        {
            Binary.Script($"$AGENT trace > /dev/null 2>&1 & sleep {moment}; kill -9 $!; wait $!").AssertStatus(128 + Signals.Kill);
            Attached.AssertNoneLeft();
        }
        using RunningAgent agent = new();
        Workloads.AssertCounted(agent, "pipe/vector");
    }

    // Root sees all processes whatever the mount hides; who has no CAP_SYS_PTRACE sees none of root's, which the workload is.
    [Fact]
    public void ItCountsWhereProcHidesProcesses()
    {
        const string Hidden = "mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps -all,+bpf,+perfmon "
            + "--ambient-caps -all,+bpf,+perfmon --bounding-set -all,+bpf,+perfmon sh -c '! test -e /proc/1 && exec \"$@\"' sh \"$@\"";
        using RunningAgent agent = new(command: ["unshare", "-m", "bash", "-c", Hidden, "sh"]);
        Workloads.AssertCounted(agent, "pipe/vector", "unix-stream/readwrite");
    }

    [Fact]
    public void ABrokenFileOnHangUpChangesNothingAndEndsNothing()
    {
        using RunningAgent agent = new();
        HashSet<int> before = Attached.TracingOf(agent.Pid);
        foreach (string broken in (string[])["a: [", "\u0001", "metrics: { tokenFile: /no/such }"])
        {
            File.WriteAllText(agent.ConfigFile, broken);
            string seen = agent.Log;
            Signals.Send(agent.Pid, Signals.HangUp);
            Assert.Contains("old settings stay", Eventually.Get(() => agent.Log[seen.Length..], log => log.Contains("old settings stay", StringComparison.Ordinal)), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, agent.Status("/readyz"));
        Assert.Equal(before, Attached.TracingOf(agent.Pid));
        Workloads.AssertCounted(agent, "pipe/vector");
    }
}
