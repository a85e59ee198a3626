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
        IEnumerable<FlowSample> used = samples.Take(count).Concat(Mapped(ends, cgroups, samples.Take(count).Select(flow => (flow.Channel.Mechanism, flow.Channel.Key.Inode)).ToHashSet()));
        var found = new SortedDictionary<(string, string), List<(string Line, FlowSample Flow, Member[] Members)>>();
        foreach (IGrouping<ChannelKey, FlowSample> users in used
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

    // Who talks through memory makes no calls: those who map a segment use it. Only asked where two could cross.
    private IEnumerable<FlowSample> Mapped(ChannelEnds ends, Dictionary<ProcessKey, ulong> cgroups, HashSet<(Mechanism, ulong)> seen)
    {
        Dictionary<ProcessKey, string> homes = cgroups.Select(each => (each.Key, Home: HomeOf(each.Key, each.Value))).Where(each => each.Home.Length > 0).ToDictionary(each => each.Key, each => each.Home);
        if (homes.Values.Distinct().Count() < 2)
        {
            return [];
        }
        return ends.Memory()
            .Where(memory => !seen.Contains((memory.Memory.Mechanism, memory.Memory.Key.Inode)))
            .Select(memory => (memory.Memory, Ends: memory.Ends.Where(end => homes.ContainsKey(end.Process)).ToList()))
            .Where(memory => memory.Ends.Select(end => homes[end.Process]).Distinct().Count() > 1)
            .SelectMany(memory => memory.Ends.Select(end => new FlowSample
            {
                Process = new Process(end.Process, end.Name, cgroups[end.Process]),
                Channel = memory.Memory,
                Operation = Operation.Map,
                Errors = [],
            }));
    }

    private string HomeOf(ProcessKey process, ulong cgroup) => new Member(process.Pid, "", places.Of(cgroup, process.Pid)).Home;

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
