using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Findings;
using Ipcscope.Waits;

namespace Ipcscope.KernelTests.Waits;

/// <summary>Who does not drain a channel, who holds a lock, who keeps a pipe open: by name, and what each does instead.</summary>
[Collection(nameof(WaitSight))]
public sealed class CulpritTests(WaitSight sight)
{
    [Theory]
    [InlineData("full-pipe", "sleeps elsewhere")]
    [InlineData("full-stopped", "stopped")]
    [InlineData("full-unix", "sleeps elsewhere")]
    [InlineData("full-datagrams", "sleeps elsewhere")]
    [InlineData("full-tcp", "sleeps elsewhere")]
    public void WhoDoesNotDrainIsNamed(string name, string doing)
    {
        using WaitScene scene = new(name);
        Problem problem = Assert.Single(sight.Problems(scene));
        Party reader = Assert.Single(Assert.Single(problem.Waits).Parties);
        Assert.Equal(
            (ProblemKind.BackPressure, scene["writer"].Pid, scene["reader"].Pid, PartyRole.Reader, Certainty.Exact),
            (problem.Kind, problem.Waits[0].Call.Pid, reader.Pid, reader.Role, reader.Certainty));
        Assert.StartsWith(doing, reader.Doing, StringComparison.Ordinal);
        Assert.Contains(reader.Label, problem.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTheReaderDoesInsteadIsItsOwnCall()
    {
        using WaitScene scene = new("full-elsewhere");
        CallInProgress reads = sight.WaitOf(scene["reader"].Pid).Call;
        Party reader = Assert.Single(sight.WaitOf(scene["writer"].Pid).Parties);
        Assert.Equal((scene["reader"].Pid, Operation.Read), (reader.Pid, reads.Flow.Operation));
        Assert.StartsWith($"in read of {reads.Channel} for ", reader.Doing, StringComparison.Ordinal);
        Assert.NotEqual(sight.WaitOf(scene["writer"].Pid).Call.Channel, reads.Channel);
    }

    [Fact]
    public void AReaderThatRunsIsSaidToRun()
    {
        using WaitScene scene = new("full-busy");
        Assert.Equal("stopped", Assert.Single(sight.WaitOf(scene["writer"].Pid).Parties).Doing);
        scene.Continue("reader");
        Assert.Equal("running", Assert.Single(sight.WaitOf(scene["writer"].Pid).Parties).Doing);
    }

    [Theory]
    [InlineData("held-mutex", PartyRole.Owner, Certainty.Exact)]
    [InlineData("held-robust", PartyRole.Owner, Certainty.Exact)]
    [InlineData("held-inheriting", PartyRole.Owner, Certainty.Exact)]
    [InlineData("held-set", PartyRole.Changer, Certainty.Observed)]
    public void WhoHoldsALockIsNamed(string name, PartyRole role, Certainty certainty)
    {
        using WaitScene scene = new(name);
        Wait wait = sight.WaitOf(scene["waiter"].Pid);
        Party holder = wait.Parties[0];
        Assert.Equal((WaitReason.Lock, scene["holder"].Pid, role, certainty), (wait.Call.Reason, holder.Pid, holder.Role, holder.Certainty));
        Assert.StartsWith("sleeps elsewhere", holder.Doing, StringComparison.Ordinal);
        Assert.Equal(name == "held-set" ? 0u : null, wait.Call.Semaphore);
    }

    [Fact]
    public void AMutexWhoseOwnerEndedIsTold()
    {
        using WaitScene scene = new("gone-mutex");
        Problem problem = Assert.Single(sight.Problems(scene));
        Wait wait = Assert.Single(problem.Waits);
        Assert.Equal((ProblemKind.LostOwner, scene["waiter"].Pid, scene["holder"].Pid), (problem.Kind, wait.Call.Pid, wait.LostOwner));
    }

    [Fact]
    public void ADaemonThatKeepsAPipeOpenIsNamed()
    {
        using WaitScene scene = new("open-daemon");
        Problem problem = Assert.Single(sight.Problems(scene));
        (uint pid, string name) = Assert.Single(problem.Culprits);
        Assert.Equal((ProblemKind.HeldOpen, scene["shell"].Pid, "scene-daemon"), (problem.Kind, problem.Waits[0].Call.Pid, name));
        Assert.Contains("has descriptor 1: it has outlived who started it", problem.Evidence[0], StringComparison.Ordinal);
        Assert.Equal(scene["shell"].Pid, Assert.Single(problem.Waits).Call.Pid);
        Assert.NotEqual(scene["shell"].Pid, pid);
    }

    [Fact]
    public void AReaderThatKeepsItsOwnPipeOpenIsNamed()
    {
        using WaitScene scene = new("open-own");
        Problem problem = Assert.Single(sight.Problems(scene));
        Assert.Equal((ProblemKind.HeldOpen, scene["reader"].Pid), (problem.Kind, Assert.Single(problem.Culprits).Pid));
    }

    [Fact]
    public void AnotherChildThatInheritedAPipeIsNamed()
    {
        using WaitScene scene = new("open-supervisor");
        Problem problem = Assert.Single(sight.Problems(scene));
        Assert.Equal((ProblemKind.HeldOpen, "sleep"), (problem.Kind, Assert.Single(problem.Culprits).Name));
    }
}
