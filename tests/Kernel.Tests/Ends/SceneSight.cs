using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.KernelTests.Ends;

/// <summary>What ipcscope sees of a scene, in the scene's own words.</summary>
internal sealed class SceneSight
{
    private readonly StandingScene _scene;
    private readonly ChannelEnds _ends;
    private readonly Dictionary<string, ChannelKey> _keys;

    internal SceneSight(StandingScene scene, ChannelEnds ends, IFlowSource flows)
    {
        _scene = scene;
        _ends = ends;
        ILookup<ulong, ChannelKey> keys = ends.Descriptors.Select(descriptor => descriptor.Key).Concat(Used(flows)).Distinct().ToLookup(key => key.Inode);
        _keys = scene.Channels.Where(channel => keys.Contains(channel.Value)).ToDictionary(channel => channel.Key, channel => Key(keys[channel.Value]));
    }

    /// <summary>What the scene said; of what has two ends in one channel, holders are both.</summary>
    internal IEnumerable<string> Expected => Lines(_scene.Facts.Concat(_scene.Facts
        .Where(fact => fact.Role is "reader" or "writer" && !_scene.Facts.Any(other => other.Role == "holder" && other.Channel == fact.Channel))
        .Select(fact => fact with { Role = "holder" })));

    /// <summary>What ipcscope says of the same channels.</summary>
    internal IEnumerable<string> Facts => Lines(_keys.SelectMany(channel => (Fact[])
    [
        .. Of("holder", channel.Key, _ends.Holders(channel.Value)),
        .. Of("reader", channel.Key, _ends.Readers(channel.Value)),
        .. Of("writer", channel.Key, _ends.Writers(channel.Value)),
        .. Of("former", channel.Key, _ends.Former(channel.Value)),
    ]));

    /// <summary>Connected sockets.</summary>
    internal Dictionary<string, string> Peers() => _keys
        .Where(channel => _ends.Peer(channel.Value) is not null)
        .ToDictionary(channel => channel.Key, channel => _keys.FirstOrDefault(other => other.Value == _ends.Peer(channel.Value)).Key ?? "a socket that has no name in the scene");

    /// <summary>The names of some processes.</summary>
    internal Dictionary<uint, string> NamesOf(IEnumerable<uint> pids) => _keys.Values
        .SelectMany(channel => _ends.Holders(channel))
        .Where(end => pids.Contains(end.Process.Pid))
        .DistinctBy(end => end.Process.Pid)
        .ToDictionary(end => end.Process.Pid, end => end.Name);

    private static ChannelKey Key(IEnumerable<ChannelKey> keys) => Assert.Single(keys);

    private static List<ChannelKey> Used(IFlowSource flows)
    {
        FlowSample[] samples = [];
        int count = flows.CopyFlows(ref samples);
        return samples.Take(count).Where(flow => flow.Channel.Mechanism == Mechanism.Pipe).Select(flow => flow.Channel.Key).ToList();
    }

    private static IEnumerable<Fact> Of(string role, string channel, IEnumerable<End> ends) =>
        ends.Select(end => new Fact(role, channel, end.Process.Pid, end.Certainty));

    private static IEnumerable<string> Lines(IEnumerable<Fact> facts) => facts.Distinct()
        .Select(fact => $"{fact.Role} {fact.Channel} {fact.Pid} {fact.Certainty}").Order(StringComparer.Ordinal);
}
