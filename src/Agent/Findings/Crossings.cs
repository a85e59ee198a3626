using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Export;
using Ipcscope.Flows;

namespace Ipcscope.Findings;

/// <summary>
/// Finds pods, or containers outside of pods, that share a socket, pipe, queue or segment: that is past the network, where no policy looks. What the
/// host shares with a pod is how containers are run, and mappings of files are shared wherever images are.
/// </summary>
/// <param name="places">Tells where processes run.</param>
internal sealed class Crossings(Places places)
{
    private const int MostTold = 8;

    private const uint Unshared =
        1u << (int)Mechanism.Tcp | 1u << (int)Mechanism.Udp | 1u << (int)Mechanism.Vsock | 1u << (int)Mechanism.Netlink | 1u << (int)Mechanism.FileMap;

    /// <summary>A problem for each two that share something.</summary>
    /// <param name="ends">Who holds what.</param>
    /// <param name="flows">What was used.</param>
    public IEnumerable<Problem> Find(ChannelEnds ends, IFlowSource flows)
    {
        FlowSample[] samples = [];
        int count = flows.CopyFlows(ref samples);
        Dictionary<ProcessKey, ulong> cgroups = ends.Processes.ToDictionary(process => process.Key, process => process.Cgroup);
        var found = new SortedDictionary<(string, string), List<(string Line, FlowSample Flow, Member[] Members)>>();
        foreach (IGrouping<ChannelKey, FlowSample> users in samples.Take(count)
            .Where(flow => (Unshared >> (int)flow.Channel.Mechanism & 1) == 0 && flow.Process.Key.Pid != 0)
            .GroupBy(flow => Both(flow.Channel.Key, ends)))
        {
            FlowSample flow = users.First();
            Member[] members = [.. users.Select(user => new Member(user.Process.Key.Pid, user.Process.Name, places.Of(user.Process)))
                .Concat(Holders(flow.Channel, ends).Where(end => cgroups.ContainsKey(end.Process))
                    .Select(end => new Member(end.Process.Pid, end.Name, places.Of(cgroups[end.Process], end.Process.Pid))))
                .Where(member => member.Home.Length > 0).DistinctBy(member => member.Pid).OrderBy(member => member.Pid)];
            string[] homes = [.. members.Select(member => member.Home).Distinct().Order(StringComparer.Ordinal)];
            for (int i = 1; i < homes.Length; i++)
            {
                (string, string) pair = (homes[0], homes[i]);
                Member[] both = [.. members.Where(member => member.Home == pair.Item1 || member.Home == pair.Item2)];
                string line = $"{Words.Mechanisms[(int)flow.Channel.Mechanism]} {flow.Channel.Name}: {string.Join(", ", both.Select(member => $"{member.Name}[{member.Pid}] in {member.Home}"))}";
                found.TryAdd(pair, []);
                found[pair].Add((line, flow, both));
            }
        }
        foreach (((string one, string other), List<(string Line, FlowSample Flow, Member[] Members)> shared) in found)
        {
            string more = shared.Count > 1 ? $" and {shared.Count - 1} more" : "";
            yield return new Problem(
                ProblemKind.CrossPod, $"{one} and {other} share {shared[0].Flow.Channel.Name}{more}: they talk past the network",
                [.. shared.Select(each => each.Line).Take(MostTold)], [], [.. shared.SelectMany(each => each.Members).Select(member => (member.Pid, member.Name)).Distinct()])
            {
                Flows = [.. shared.Select(each => each.Flow)],
            };
        }
    }

    // Both sockets of a connection are one channel here.
    private static ChannelKey Both(in ChannelKey channel, ChannelEnds ends) =>
        ends.Peer(channel) is { } peer && (peer.Inode, peer.Guard).CompareTo((channel.Inode, channel.Guard)) < 0 ? peer : channel;

    private static IEnumerable<End> Holders(Channel channel, ChannelEnds ends) =>
        ends.Holders(channel.Key, channel.Mechanism).Concat(ends.Peer(channel.Key) is { } peer ? ends.Holders(peer, channel.Mechanism) : []);

    private readonly record struct Member(uint Pid, string Name, Place Place)
    {
        /// <summary>The pod; the container if it is in none; empty on the host.</summary>
        public string Home => Place.Pod.Length == 0 ? Place.Container : Place.Namespace.Length > 0 ? $"{Place.Namespace}/{Place.Pod}" : Place.Pod;
    }
}
