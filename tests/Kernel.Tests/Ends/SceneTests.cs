using Ipcscope.Ends;

namespace Ipcscope.KernelTests.Ends;

/// <summary>Who is at which end, beside what the scenes know: every end, and none besides.</summary>
[Collection(nameof(EndSight))]
public sealed class SceneTests(EndSight sight)
{
    /// <summary>Each with what a tracer would answer that goes by numbers, creation or credentials.</summary>
    public static TheoryData<string, string> Scenes => new()
    {
        { "inherited", "the parent alone: the child never opened anything" },
        { "divided", "nobody: both ends were closed, by descriptor number" },
        { "copies", "no writer: the descriptor that pipe2 returned was closed" },
        { "replaced", "a reader: no close of the read end was seen" },
        { "closed-range", "the child, too: it made no close" },
        { "closed-range-unshared", "nobody: the table was shared when all of it was closed" },
        { "shared-table", "the child alone has the second pipe, the parent still writes to the first" },
        { "reopened", "no writer: opening /proc/self/fd/N is no pipe2 and no dup" },
        { "exec", "the old name has both pipes; what it wrote is the new image's" },
        { "vfork", "the parent cannot read: its memory's process has closed the read end" },
        { "daemon", "no writer: who had it has exited, and its child has another parent" },
        { "forgotten", "no writer: the shell has exited" },
        { "pid-reused", "the new process writes: one of its number did" },
        { "killed", "a writer that waits: its call never ended" },
        { "leaderless", "nobody: /proc/PID/fd of the child is empty" },
        { "passed", "the parent writes, as it made the pipe; or nobody, as it has closed it" },
        { "in-flight", "the child, to whom nothing has come yet" },
        { "fetched", "the child has nothing: it has opened, inherited and received nothing" },
        { "left-behind", "nobody has ever written" },
        { "socketpair", "the parent is the peer on both sides (SO_PEERCRED)" },
        { "accepted", "the parent is the client's peer (SO_PEERCRED)" },
        { "accepted-seqpacket", "the parent is the client's peer (SO_PEERCRED)" },
        { "unaccepted", "no peer: there is no such socket in any table" },
        { "closed", "the listener, exactly" },
        { "many-to-one", "nobody writes: the log is connected to none" },
        { "tcp", "the listener's process, which has the server's port" },
        { "tcp-same-addresses", "the other namespace's processes" },
        { "tcp-unaccepted", "no peer: nobody has a socket with these addresses" },
        { "tcp-closed", "the listener: it has the server's port" },
        { "udp", "no peer: the server has no remote address" },
        { "netlink", "the process whose number is the port" },
        { "queue", "both read and write: both have it open" },
        { "terminal", "two channels: the sides have different inodes" },
        { "containers", "two processes number 1" },
    };

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Every_end_is_found_and_none_is_made_up(string scene, string naive)
    {
        Assert.NotEmpty(naive);
        using StandingScene truth = new(scene);
        var seen = new SceneSight(truth, sight.Look(), sight.Flows);
        Assert.Equal(seen.Expected, seen.Facts);
        Assert.Equal(truth.Peers, seen.Peers());
        Assert.Equal(truth.Names, seen.NamesOf(truth.Names.Keys));
    }
}
