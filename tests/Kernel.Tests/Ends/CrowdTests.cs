using Ipcscope.Ends;

namespace Ipcscope.KernelTests.Ends;

/// <summary>A machine with 1,000 processes and 20,000 descriptors: all of both ends is found. docs/ends.md has the time that it takes.</summary>
[Collection(nameof(EndSight))]
public sealed class CrowdTests(EndSight sight)
{
    private const int Processes = 1000;

    [Fact]
    public void What_was_there_before_is_found_with_both_ends()
    {
        using StandingScene truth = new("crowd");
        ChannelEnds ends = sight.Look();
        HashSet<ulong> named = [.. truth.Channels.Values];
        Assert.Equal(Processes, truth.Facts.Select(fact => fact.Pid).Distinct().Count());
        Assert.Equal((20 * Processes) - 2, ends.Descriptors.Count(descriptor => named.Contains(descriptor.Key.Inode))); // two sockets have no peer, and no name
        var seen = new SceneSight(truth, ends, sight.Flows);
        Assert.Equal(seen.Expected, seen.Facts);
        Assert.Equal(truth.Peers, seen.Peers());
    }
}
