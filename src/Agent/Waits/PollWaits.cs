using System.Diagnostics;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.Waits;

/// <summary>Finds what threads wait for that poll: event loops make no call that names the other end.</summary>
/// <param name="ends">Who holds what.</param>
/// <param name="polls">What threads poll.</param>
internal sealed class PollWaits(ChannelEnds ends, Polls polls)
{
    private readonly ulong _now = (ulong)Stopwatch.GetTimestamp();
    private readonly ILookup<uint, Descriptor> _descriptors = ends.Descriptors.ToLookup(descriptor => descriptor.Pid);

    /// <summary>Those who poll for room where there is none.</summary>
    internal IEnumerable<CallInProgress> ForRoom()
    {
        HashSet<uint> writers = [.. ends.Descriptors.Where(IsFull).Select(descriptor => descriptor.Pid)];
        return writers.SelectMany(pid => polls.Of(pid).SelectMany(poll => ForRoom(pid, poll)));
    }

    /// <summary>Those who poll for input from a single channel, as clients do; whoever polls several is idle.</summary>
    internal IEnumerable<CallInProgress> ForInput() => _descriptors.Select(process => process.Key).SelectMany(pid => polls.Of(pid).SelectMany(poll =>
        Channels(pid, poll) is [var (only, descriptor)] && only.ForInput && !(only.ForOutput && IsFull(descriptor)) ? [Call(poll, descriptor, forRoom: false)] : (CallInProgress[])[]));

    /// <summary>What a thread polls, as far as it is a channel.</summary>
    internal IReadOnlyList<(PolledDescriptor Polled, Descriptor Descriptor)> Channels(uint pid, Poll poll) =>
        [.. poll.Descriptors.Join(_descriptors[pid], polled => polled.Fd, descriptor => descriptor.Fd, (polled, descriptor) => (polled, descriptor))];

    /// <summary><c>in epoll_wait of pipe:[5]</c>, <c>… of 3 channels</c>, <c>waits for room in pipe:[5]</c>; of the thread that most matters. Null: no thread polls.</summary>
    internal string? Describe(uint pid)
    {
        IReadOnlyList<Poll> all = polls.Of(pid);
        if (all.Count == 0)
        {
            return null;
        }
        if (all.SelectMany(poll => ForRoom(pid, poll)).FirstOrDefault() is { } call)
        {
            return $"waits for room in {call.Channel} for {Activities.Age(call)}";
        }
        Poll first = all.OrderBy(poll => poll.Tid == pid ? 0 : 1).First();
        return Channels(pid, first) switch
        {
            [] => $"in {first.Call}",
            [var (_, descriptor)] => $"in {first.Call} of {ChannelNames.Name(descriptor.Key, descriptor.Info)}",
            var several => $"in {first.Call} of {several.Count} channels",
        };
    }

    private IEnumerable<CallInProgress> ForRoom(uint pid, Poll poll) =>
        Channels(pid, poll).Where(pair => pair.Polled.ForOutput && IsFull(pair.Descriptor)).Select(pair => Call(poll, pair.Descriptor, forRoom: true));

    private CallInProgress Call(Poll poll, Descriptor descriptor, bool forRoom)
    {
        Mechanism mechanism = descriptor.Info.Mechanism;
        Operation operation = forRoom ? DataOperations.Giving(mechanism) : descriptor.IsListening ? Operation.Accept : DataOperations.Taking(mechanism);
        return new CallInProgress
        {
            Flow = new FlowKey(descriptor.Process, descriptor.Key, mechanism, operation, Cgroup: descriptor.Cgroup),
            Tid = poll.Tid,
            Name = descriptor.Name,
            Channel = ChannelNames.Name(descriptor.Key, descriptor.Info),
            Info = descriptor.Info,
            Begin = _now - Math.Min(poll.Age, _now),
            Age = poll.Age,
            IsFromBefore = true,
            HasTimeLimit = poll.HasTimeLimit,
            State = CallState.Asleep,
            Call = poll.Call,
            IsPoll = true,
        };
    }

    // When poll(2) would not say POLLOUT: pipe_poll in fs/pipe.c, unix_writable in net/unix/af_unix.c, sk_stream_is_writeable and sock_writeable in include/net/sock.h.
    private bool IsFull(Descriptor descriptor)
    {
        (long used, long limit) = descriptor.Queue.Sent;
        return descriptor.Writable && descriptor.Info.Mechanism switch
        {
            Mechanism.Pipe or Mechanism.Fifo or Mechanism.Mq => descriptor.Queue.Items.IsFull,
            Mechanism.Unix => used * 4 > limit || PeerIsFull(descriptor),
            Mechanism.Tcp => limit - used < used / 2,
            Mechanism.Udp => used * 2 >= limit && limit > 0,
            _ => false,
        };
    }

    private bool PeerIsFull(Descriptor descriptor) => descriptor.Peer is { } peer && descriptor.Info.Kind == ChannelKind.Datagram
        && ends.Queue(peer) is { Items: { Limit: > 0 } waiting } && waiting.Used > waiting.Limit;
}
