using Ipcscope.Api;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Tests.Export;

namespace Ipcscope.Tests.Api;

/// <summary>What is remembered from look to look.</summary>
public sealed class TrafficTests
{
    private readonly FakeFlows _source = new();

    [Fact]
    public void Every_call_of_ended_processes_counts_once_however_late_it_becomes_known()
    {
        var traffic = new Traffic(_source);
        Process early = Samples.Process("early", 1), late = Samples.Process("late", 2);
        late.EndedAt = 7;
        _source.Set(Samples.Series(early, 3));
        traffic.Look();
        early.EndedAt = 9;
        _source.Set(Samples.Series(early, 5), Samples.Series(late, 2));
        traffic.Look();
        Assert.Equal(7UL, Sum(traffic));
        Assert.Equal(["early", "late"], traffic.Series.Where(series => series.Grew).Select(series => series.Process.Name).Order());
        traffic.Look();
        Assert.Equal((7UL, 0), (Sum(traffic), traffic.Series.Count));
        _source.Set(Samples.Series(early, 5), Samples.Series(late, 4));
        traffic.Look();
        Assert.Equal((9UL, 0), (Sum(traffic), traffic.Series.Count));
        Assert.Empty(traffic.Processes);
    }

    [Fact]
    public void What_ended_before_the_first_look_is_in_the_sum_only()
    {
        var traffic = new Traffic(_source);
        Process gone = Samples.Process("gone", 1);
        gone.EndedAt = 7;
        _source.Set(Samples.Series(gone, 3), Samples.Series(Samples.Process("sh", 2), 4));
        traffic.Look();
        traffic.Look();
        Assert.Equal((7UL, 1, 1), (Sum(traffic), traffic.Series.Count, traffic.Processes.Count));
    }

    [Fact]
    public void Of_thousands_that_end_only_those_of_the_last_interval_are_kept()
    {
        var traffic = new Traffic(_source);
        const int Each = 2000;
        for (int look = 0; look < 40; look++)
        {
            _source.Set([.. Enumerable.Range(0, Each).Select(i =>
            {
                Process process = Samples.Process("short", (uint)((look * Each) + i + 1));
                process.EndedAt = 7;
                return Samples.Series(process, 2);
            })]);
            traffic.Look();
            Assert.InRange(traffic.Series.Count, 0, Each);
            Assert.InRange(traffic.Processes.Count, 0, Each);
        }
        Assert.Equal(40UL * Each * 2, Sum(traffic));
    }

    [Fact]
    public void What_has_changed_is_marked_until_its_rate_is_zero_again()
    {
        var traffic = new Traffic(_source);
        Process process = Samples.Process("sh", 77);
        var pipe = new Channel(new ChannelKey(7, 14, 0), Mechanism.Pipe) { Name = "pipe:[7]" };
        List<bool> changed = [];
        foreach (ulong calls in (ulong[])[1, 1, 2, 2, 2, 3])
        {
            FlowSample flow = new() { Id = 1, Process = process, Channel = pipe, Operation = Operation.Write, Errors = [] };
            flow.Counters = Samples.Series(process, calls).Counters;
            _source.SetFlows(flow);
            traffic.Look();
            changed.Add(Assert.Single(traffic.Channels).Changed == traffic.Number);
        }
        Assert.Equal([true, false, true, true, false, true], changed);
        _source.SetFlows();
        traffic.Look();
        Assert.Empty(traffic.Channels);
        Assert.Equal([pipe.Key], traffic.GoneChannels);
    }

    private static ulong Sum(Traffic traffic)
    {
        var all = new Activity();
        all.Add(traffic.Gone);
        foreach (Traced series in traffic.Series)
        {
            all.Add(series);
        }
        return all.Operations;
    }
}
