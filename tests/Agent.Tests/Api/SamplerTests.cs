using Ipcscope.Api;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Tests.Cli;
using Ipcscope.Tests.Export;

namespace Ipcscope.Tests.Api;

/// <summary>What two looks tell.</summary>
public sealed class SamplerTests : IAsyncDisposable
{
    private readonly ApiScene _scene = new();
    private readonly FakeClock _clock = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private Sampler Look(params Action[] between)
    {
        var sampler = new Sampler(_scene.Sources(_clock));
        sampler.Look(0);
        foreach (Action act in between)
        {
            act();
            _clock.Advance(TimeSpan.FromSeconds(2));
            sampler.Look(0);
        }
        return sampler;
    }

    [Fact]
    public void Rates_are_of_the_last_interval_and_sums_of_all()
    {
        _scene.Did(10, 10);
        using Sampler sampler = Look(() => _scene.Did(30, 20));
        View view = sampler.Build("", null);
        ChannelRow channel = Assert.Single(view.Channels.Values);
        Assert.Equal((50UL, 30UL, 1920UL, 1280UL, 1280UL, 640UL), (
            channel.Activity.Operations, channel.Activity.NewOperations, channel.Activity.Written, channel.Activity.Read, channel.Activity.NewWritten, channel.Activity.NewRead));
        Assert.Equal(2.0, view.Seconds);
        Assert.Equal((50UL, 30UL), (view.Health.All.Operations, view.Health.All.NewOperations));
        Assert.Equal(30UL, view.Latency[Mechanism.Pipe].Total());
        Assert.Equal((30UL, 20UL), (view.Processes["77-1"].Activity.Operations, view.Processes["77-1"].Activity.NewOperations));
    }

    [Fact]
    public void So_many_filters_are_answered_at_one_look_and_no_more()
    {
        using Sampler sampler = Look(() => { });
        for (int i = 0; i < Sampler.MostViews; i++)
        {
            Assert.NotNull(sampler.Build($"pid = {i}", null));
        }
        Assert.Equal(503, Assert.Throws<RequestFault>(() => sampler.Build("pid = 1000", null)).Status);
        Assert.Same(sampler.Build("pid = 1", null), sampler.Build("pid = 1", null));
        Assert.NotNull(sampler.Build("", null));
        sampler.Look(0);
        Assert.NotNull(sampler.Build("pid = 1000", null));
    }

    [Fact]
    public void The_first_look_tells_no_rates()
    {
        _scene.Did(10, 10);
        using Sampler sampler = Look();
        Assert.False(sampler.KnowsRates);
        Assert.Equal(0UL, sampler.Build("", null).Health.All.NewOperations);
    }

    [Fact]
    public void What_is_new_began_at_zero_and_who_did_nothing_has_no_rate()
    {
        _scene.Did(10, 10);
        using Sampler sampler = Look(
            () => _scene.Capture.Source.SetFlows(_scene.Flow(_scene.Writer, Operation.Write, 10), _scene.Flow(_scene.Reader, Operation.Read, 10), _scene.Flow(_scene.Reader, Operation.Peek, 4)),
            () => { });
        Assert.Equal(0UL, sampler.Build("", null).Channels[_scene.Pipe.Key].Activity.NewOperations);
        Assert.Equal(24UL, sampler.Build("", null).Channels[_scene.Pipe.Key].Activity.Operations);
    }

    [Fact]
    public void A_process_that_has_ended_is_shown_once_more_if_it_did_something_and_then_no_more()
    {
        _scene.Did(10, 10);
        using Sampler sampler = Look(() =>
        {
            _scene.Did(11, 10);
            _scene.Writer.EndedAt = (ulong)_clock.Monotonic + 1;
            _scene.Reader.EndedAt = (ulong)_clock.Monotonic + 1;
        });
        Assert.Equal(["77-1"], sampler.Build("", null).Processes.Keys);
        sampler.Look(0);
        Assert.Empty(sampler.Build("", null).Processes);
        Assert.Equal(21UL, sampler.Build("", null).Health.All.Operations);
    }

    [Fact]
    public void Exec_makes_no_other_process()
    {
        Process image = new(new ProcessKey(1, 77, 9), "bash", cgroup: 4711);
        _scene.Capture.Source.Set(Samples.Series(_scene.Writer, 2), Samples.Series(image, 3));
        _scene.Writer.EndedAt = 5;
        using Sampler sampler = Look(() => { });
        ProcessRow row = Assert.Single(sampler.Build("", null).Processes.Values);
        Assert.Equal((5UL, 9U), (row.Activity.Operations, row.Process.Key.ExecId));
    }

    [Fact]
    public void A_wait_that_two_looks_saw_is_back_pressure_since_it_began()
    {
        _scene.Did(5, 5);
        _scene.Capture.Calls = [_scene.Waiting(TimeSpan.FromSeconds(3))];
        using Sampler sampler = Look(() => _scene.Capture.Calls = [_scene.Waiting(TimeSpan.FromSeconds(5))], () => _scene.Capture.Calls = [_scene.Waiting(TimeSpan.FromSeconds(7))]);
        Finding finding = Assert.Single(sampler.Build("", null).Findings, finding => finding.Rule == "back_pressure");
        // What was found at the second look began five seconds before it, and stays at that.
        Assert.Equal(_clock.Utc - TimeSpan.FromSeconds(7), finding.Since);
        Assert.Equal(("warning", "7-e-0", "77-1", "gzip"), (finding.Counsel.Severity, finding.ChannelIds.Single(), finding.ProcessIds.Single(), finding.Culprits.Single().Name));
        Assert.NotEmpty(finding.Counsel.Advice);
    }

    [Fact]
    public void What_the_agent_loses_is_a_finding_as_long_as_it_does()
    {
        _scene.Capture.Source.Losses = [new("ring", "ring_full", 4)];
        using Sampler sampler = Look(() => _scene.Capture.Source.Losses = [new("ring", "ring_full", 11)]);
        Finding finding = Assert.Single(sampler.Build("", null).Findings, finding => finding.Rule == "loss");
        Assert.StartsWith("7 ", finding.Summary, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(61));
        sampler.Look(0);
        Assert.DoesNotContain(sampler.Build("", null).Findings, finding => finding.Rule == "loss");
    }
}
