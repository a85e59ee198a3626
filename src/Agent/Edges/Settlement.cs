using Ipcscope.Decode;
using Ipcscope.Ends;

namespace Ipcscope.Edges;

/// <summary>Finds for everything that was put in where it comes out, and tells of it.</summary>
internal sealed class Settlement(IReadOnlyDictionary<ChannelKey, EdgeChannel> channels, Parties parties)
{
    private readonly Dictionary<(EdgeChannel? Home, EdgeChannel? Homeless, Party? Only, bool Master), Pool> _pools = [];
    private readonly ILookup<ChannelKey, EdgeChannel> _toward = channels.Values
        .Where(channel => channel.Peer is not null)
        .ToLookup(channel => channel.Peer!.Value);

    /// <summary>Does it.</summary>
    public void Settle(Pool.Teller tell)
    {
        foreach (EdgeChannel channel in channels.Values)
        {
            foreach (Feed feed in channel.Feeds)
            {
                if (Known(channel) is var (destination, certainty))
                {
                    tell(feed, destination, feed.Operations, feed.Bytes, certainty);
                }
                else
                {
                    PoolOf(channel, feed.Source).Add(channel, feed);
                }
            }
        }
        foreach (Pool pool in _pools.Values)
        {
            pool.Divide(parties, tell);
        }
        foreach (EdgeChannel channel in channels.Values)
        {
            channel.Clear();
            channel.EndInterval();
        }
    }

    // Where there is nothing to divide.
    private (Party, Certainty)? Known(EdgeChannel channel) => channel switch
    {
        { Channel.Mechanism: Mechanism.Netlink } => (parties.Kernel, Certainty.Exact),
        { Channel.Mechanism: Mechanism.ProcessVm } => (channel.Readers.Count > 0 ? parties.Of(channel.Readers[0]) : parties.Target(channel.Channel), Certainty.Exact),
        { Peer: null, Remote: { } address } => (parties.Remote(address), Certainty.Exact),
        _ => null,
    };

    private Pool PoolOf(EdgeChannel channel, Party source)
    {
        bool isMaster = channel.IsMaster(source);
        // Who wakes does not sleep, and nobody types what it reads, unless there is no other.
        bool isForOthers = channel.Channel.Mechanism is Mechanism.Futex or Mechanism.SysvSem || (channel.Channel.Mechanism == Mechanism.Pty && !channel.HasMaster);
        EdgeChannel? home = Outlet(channel);
        (EdgeChannel?, EdgeChannel?, Party?, bool) key = (home, home is null ? channel : null, isForOthers ? source : null, isMaster);
        if (!_pools.TryGetValue(key, out Pool? pool))
        {
            IEnumerable<Taker> takers = home is not null ? home.Takers : _toward[channel.Channel.Key].SelectMany(other => other.Takers);
            if (channel.HasMaster)
            {
                takers = takers.Where(taker => channel.IsMaster(taker.Party) != isMaster);
            }
            if (isForOthers && takers.Any(taker => taker.Party != source))
            {
                takers = takers.Where(taker => taker.Party != source);
            }
            _pools.Add(key, pool = new Pool(home, [.. takers]));
        }
        return pool;
    }

    // What a socket without a peer of its own sends goes to all that are connected to it: there are several, or none.
    private EdgeChannel? Outlet(EdgeChannel channel) =>
        !SocketEnd.IsOne(channel.Channel.Mechanism) ? channel : channel.Peer is { } peer ? channels.GetValueOrDefault(peer) : null;
}
