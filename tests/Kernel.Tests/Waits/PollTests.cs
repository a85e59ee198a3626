using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Findings;
using Ipcscope.Waits;

namespace Ipcscope.KernelTests.Waits;

/// <summary>Event loops and clients that poll: no call of theirs names the other end, and yet they wait for it.</summary>
[Collection(nameof(WaitSight))]
public sealed class PollTests(WaitSight sight)
{
    [Theory]
    [InlineData("polled-pipe", "poll", Operation.Write)]
    [InlineData("polled-select", "select", Operation.Write)]
    [InlineData("polled-unix", "epoll_wait", Operation.Send)]
    [InlineData("polled-datagrams", "epoll_wait", Operation.Send)]
    [InlineData("polled-tcp", "epoll_wait", Operation.Send)]
    public void WhoDoesNotMakeRoomIsNamed(string name, string call, Operation operation)
    {
        using WaitScene scene = new(name);
        ulong before = (ulong)System.Diagnostics.Stopwatch.GetTimestamp();
        Problem problem = Assert.Single(sight.Problems(scene));
        Wait wait = Assert.Single(problem.Waits);
        Party reader = Assert.Single(wait.Parties);
        Assert.Equal(
            (ProblemKind.BackPressure, scene["writer"].Pid, call, operation, WaitReason.Full, scene["reader"].Pid, PartyRole.Reader, Certainty.Exact),
            (problem.Kind, wait.Call.Pid, wait.Call.Call, wait.Call.Flow.Operation, wait.Call.Reason, reader.Pid, reader.Role, reader.Certainty));
        ulong least = before - scene["writer"].After;
        Assert.InRange(wait.Call.Age, least, (ulong)System.Diagnostics.Stopwatch.GetTimestamp() - scene["writer"].Before);
    }

    [Theory]
    [InlineData("polled-room")] // registered for output, and there is room
    [InlineData("polled-slow")] // at both looks there was none, and in between somebody read
    [InlineData("polled-answer")]
    public void NobodyIsBlamedWithoutNeed(string name)
    {
        using WaitScene scene = new(name);
        Assert.Empty(sight.Problems(scene));
    }

    [Fact]
    public void AClientThatPollsForItsAnswerWaitsForTheServer()
    {
        using WaitScene scene = new("polled-answer");
        using var observer = new WaitObserver(EndReader.Load);
        Wait wait = Assert.Single(observer.Look([], clients: true).Waits, wait => wait.Call.Pid == scene["client"].Pid);
        Party server = Assert.Single(wait.Parties);
        Assert.Equal(
            (Operation.Receive, WaitReason.Empty, scene["server"].Pid, PartyRole.Writer, Certainty.Exact),
            (wait.Call.Flow.Operation, wait.Call.Reason, server.Pid, server.Role, server.Certainty));
    }

    [Fact]
    public void WhatAnEventLoopWaitsForIsSaidOfIt()
    {
        using WaitScene scene = new("polled-unix");
        using WaitScene idle = new("polled-room");
        using var observer = new WaitObserver(EndReader.Load);
        WaitLook look = observer.Look([]);
        var polls = new Polls();
        var polling = new PollWaits(look.Ends, polls);
        string channel = Assert.Single(look.Waits, wait => wait.Call.Pid == scene["writer"].Pid).Call.Channel;
        Assert.StartsWith($"waits for room in {channel} for ≥ ", polling.Describe(scene["writer"].Pid), StringComparison.Ordinal);
        Assert.StartsWith("in epoll_wait of socket:[", polling.Describe(idle["writer"].Pid), StringComparison.Ordinal);
        Assert.Null(polling.Describe(idle["reader"].Pid));
    }
}
