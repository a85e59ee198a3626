using Ipcscope.Decode;
using Ipcscope.Ends;

namespace Ipcscope.Waits;

/// <summary>
/// A server that owes an answer and polls nothing but what its own signals or threads write to (a latch) waits for somebody who shares its memory: for
/// whom, only the memory tells. Those of them are named, as a hint, who serve a client of their own and wait for that one's next request meanwhile: what
/// they hold in memory, they hold until then. PostgreSQL's backends are such servers.
/// </summary>
/// <param name="ends">Who holds what.</param>
/// <param name="polls">What threads poll.</param>
/// <param name="waits">What that is about.</param>
internal sealed class LatchWaits(ChannelEnds ends, Polls polls, PollWaits waits)
{
    private const int TitleLength = 60;

    /// <summary>Who may hold up the server that a call waits for; what few of them say of themselves comes first.</summary>
    internal IReadOnlyList<Party> Find(CallInProgress call, IReadOnlyList<Party> servers)
    {
        if (servers is not [{ Certainty: Certainty.Exact, Pid: not 0 } server] || !WaitsAtLatch(server.Pid, ends.Peer(call.Flow.Channel)))
        {
            return [];
        }
        HashSet<(string, string)> memory = SharedMemory.Of(server.Pid);
        return [.. ends.Descriptors.Where(descriptor => descriptor.IsConnected && descriptor.Pid != server.Pid && descriptor.Pid != call.Pid)
            .DistinctBy(descriptor => descriptor.Pid)
            .Where(descriptor => memory.Overlaps(SharedMemory.Of(descriptor.Pid)) && WaitsForClient(descriptor.Pid))
            .Select(descriptor => new Party(descriptor.Pid, 0, descriptor.Name, PartyRole.Sharer, Certainty.Hint, Title(descriptor.Pid)))
            .GroupBy(party => string.Concat(party.Doing.Where(letter => !char.IsAsciiDigit(letter))))
            .OrderBy(group => group.Count())
            .SelectMany(group => group.OrderBy(party => party.Pid))];
    }

    private bool WaitsAtLatch(uint pid, ChannelKey? connection) => polls.Of(pid) is [var poll]
        && waits.Channels(pid, poll).All(pair => pair.Descriptor.Key != connection && !pair.Descriptor.IsListening)
        && poll.Descriptors.Any(polled => IsOwn(pid, polled.Fd));

    private bool IsOwn(uint pid, int fd)
    {
        string? target = new FileInfo($"/proc/{pid}/fd/{fd}").LinkTarget;
        return target is "anon_inode:[signalfd]"
            || ends.Descriptors.FirstOrDefault(descriptor => descriptor.Pid == pid && descriptor.Fd == fd) is { Info.Mechanism: Mechanism.Pipe or Mechanism.Eventfd } own
                && ends.Holders(own.Key).All(end => end.Process.Pid == pid);
    }

    private bool WaitsForClient(uint pid) =>
        polls.Of(pid).Any(poll => waits.Channels(pid, poll).Any(pair => pair.Polled.ForInput && pair.Descriptor.IsConnected && pair.Descriptor.Queue.Bytes.Used <= 0));

    // What a process calls itself: servers say there what they do.
    private static string Title(uint pid)
    {
        try
        {
            string title = File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ').Trim();
            return title.Length > TitleLength ? $"{title[..TitleLength]}…" : title;
        }
        catch (IOException)
        {
            return "";
        }
    }
}
