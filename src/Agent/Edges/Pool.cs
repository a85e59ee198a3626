using Ipcscope.Decode;
using Ipcscope.Ends;

namespace Ipcscope.Edges;

/// <summary>What goes to one far end: put in by some, taken out by others, and to be divided among these.</summary>
/// <param name="home">The channel that it comes out of; null: there is none that is known, or more than one.</param>
/// <param name="takers">Who took out of it.</param>
internal sealed class Pool(EdgeChannel? home, IReadOnlyList<Taker> takers)
{
    /// <summary>Tells of a part that went to one.</summary>
    public delegate void Teller(Feed feed, Party destination, ulong operations, ulong bytes, Certainty certainty);

    private readonly List<(EdgeChannel Channel, Feed Feed)> _feeds = [];

    public void Add(EdgeChannel channel, Feed feed) => _feeds.Add((channel, feed));

    /// <summary>Divides all of it: to those who took, as much as they took; failing that, to who took last; failing that, to who could.</summary>
    public void Divide(Parties parties, Teller tell)
    {
        if (takers is [{ HasTaken: true } only])
        {
            GiveAll(only, tell);
            return;
        }
        ulong[]? byBytes = Weigh(t => t.DueBytes, t => t.RecentBytes, t => t.DueOperations, t => t.RecentOperations);
        ulong[]? byOperations = Weigh(t => t.DueOperations, t => t.RecentOperations, t => t.DueBytes, t => t.RecentBytes);
        if (byBytes is null || byOperations is null)
        {
            DivideAmongHolders(parties, tell);
            return;
        }
        ulong[][] bytes = Shares.Divide([.. _feeds.Select(each => each.Feed.Bytes)], byBytes);
        ulong[][] operations = Direction.IsMessages(_feeds[0].Channel.Channel)
            ? Shares.Divide([.. _feeds.Select(each => each.Feed.Operations)], byOperations)
            : [.. _feeds.Select((each, i) => Shares.Divide(each.Feed.Operations, each.Feed.Bytes > 0 ? bytes[i] : byBytes))];
        for (int i = 0; i < _feeds.Count; i++)
        {
            for (int k = 0; k < takers.Count; k++)
            {
                takers[k].Give(operations[i][k], bytes[i][k]);
                tell(_feeds[i].Feed, takers[k].Party, operations[i][k], bytes[i][k], CertaintyOf(_feeds[i].Channel, takers[k].Party));
            }
        }
    }

    // Most channels have one who takes out of them: there is nothing to divide.
    private void GiveAll(Taker taker, Teller tell)
    {
        foreach ((EdgeChannel channel, Feed feed) in _feeds)
        {
            taker.Give(feed.Operations, feed.Bytes);
            tell(feed, taker.Party, feed.Operations, feed.Bytes, CertaintyOf(channel, taker.Party));
        }
    }

    private void DivideAmongHolders(Parties parties, Teller tell)
    {
        foreach ((EdgeChannel channel, Feed feed) in _feeds)
        {
            List<End> holders = Holders(channel, feed.Source);
            if (holders.Count == 0)
            {
                tell(feed, Nobody(channel, parties), feed.Operations, feed.Bytes, channel.Channel.Mechanism == Mechanism.Signal ? Certainty.Exact : Certainty.Hint);
                continue;
            }
            ulong[] equal = [.. holders.Select(_ => 1UL)];
            ulong[] operations = Shares.Divide(feed.Operations, equal), bytes = Shares.Divide(feed.Bytes, equal);
            for (int i = 0; i < equal.Length; i++)
            {
                Party party = parties.Of(holders[i]);
                home?.TakerOf(party).Give(operations[i], bytes[i]);
                tell(feed, party, operations[i], bytes[i], holders[i].Certainty);
            }
        }
    }

    // A pipe's maker has both ends, as long as it has not closed them: the reader is who has that end only.
    private static List<End> Holders(EdgeChannel channel, Party source)
    {
        List<End> all = [.. channel.Readers];
        if (channel.Channel.Mechanism == Mechanism.Pty)
        {
            all.RemoveAll(end => end.Access.HasFlag(Access.Master) == channel.IsMaster(source));
        }
        List<End> others = [.. all.Where(end => end.Process != source.Process.Key)];
        List<End> only = [.. others.Where(end => !end.Access.HasFlag(Access.Write))];
        List<End> some = only.Count > 0 ? only : others.Count > 0 ? others : all;
        Certainty best = some.Count > 0 ? some.Min(end => end.Certainty) : Certainty.Hint;
        return [.. some.Where(end => end.Certainty == best)];
    }

    // Who gets a signal stands in the channel itself.
    private static Party Nobody(EdgeChannel channel, Parties parties) => channel.Channel.Mechanism is Mechanism.Signal or Mechanism.ProcessVm
        ? parties.Target(channel.Channel)
        : parties.Unknown;

    private static Certainty CertaintyOf(EdgeChannel channel, Party party) =>
        channel.Channel.Mechanism == Mechanism.Signal ? Certainty.Exact : channel.CertaintyOf(party);

    private ulong[]? Weigh(params ReadOnlySpan<Func<Taker, ulong>> weights)
    {
        foreach (Func<Taker, ulong> weight in weights)
        {
            ulong[] found = [.. takers.Select(weight)];
            if (Array.Exists(found, each => each > 0))
            {
                return found;
            }
        }
        return null;
    }
}
