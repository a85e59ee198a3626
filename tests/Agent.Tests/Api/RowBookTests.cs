using System.Text;
using System.Text.Json;
using Ipcscope.Api;
using Ipcscope.Decode;
using Ipcscope.Filters;
using Ipcscope.Flows;
using Ipcscope.Tests.Cli;
using Ipcscope.Tests.Export;
using Ipcscope.Waits;

namespace Ipcscope.Tests.Api;

/// <summary>What is kept from look to look is what would be made anew.</summary>
public sealed class RowBookTests : IAsyncDisposable
{
    private const int Looks = 60;

    private readonly ApiScene _scene = new();
    private readonly FakeClock _clock = new();
    private readonly Dictionary<(uint Pid, ulong Inode, Operation Operation), ulong> _calls = [];
    private readonly Dictionary<uint, Process> _processes = [];
    private readonly Dictionary<ulong, Channel> _channels = [];

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "operation = write")]
    [InlineData(3, "channel ~ \"[1-4]\"")]
    [InlineData(4, "pid in (1, 2, 3, 77)")]
    public void Rows_that_are_kept_are_those_that_would_be_made(int seed, string text)
    {
        Assert.True(FilterParser.TryParse(text, FilterScopes.Flow, out FilterExpression? filter, out _));
        var random = new Random(seed);
        using var sampler = new Sampler(_scene.Sources(_clock));
        var kept = new Feed(new Filter(text, filter), _scene.Sent);
        using Viewer viewer = kept.Add(kept.Remove);
        var state = new StreamState();
        for (int look = 0; look < Looks; look++)
        {
            Change(random);
            sampler.Look(1);
            kept.Update(sampler);
            Take(viewer, state);
            var anew = new Feed(new Filter(text, filter), _scene.Sent);
            using Viewer other = anew.Add(anew.Remove);
            anew.Update(sampler);
            var expected = new StreamState();
            Take(other, expected);
            Assert.Equal(expected.Items.OrderBy(item => item.Key), state.Items.OrderBy(item => item.Key));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.NotEmpty(state.Items);
    }

    // Somebody does something, somebody ends, somebody waits; most stay as they are.
    private void Change(Random random)
    {
        for (int i = 0; i < 3; i++)
        {
            uint pid = (uint)random.Next(1, 6);
            Operation operation = random.Next(2) == 0 ? Operation.Write : Operation.Read;
            (uint, ulong, Operation) flow = (pid, (ulong)random.Next(1, 8), operation);
            _calls[flow] = _calls.GetValueOrDefault(flow) + (ulong)random.Next(3);
        }
        foreach ((uint pid, _, _) in _calls.Keys.ToArray())
        {
            if (random.Next(60) == 0 && _processes.Remove(pid, out Process? gone))
            {
                gone.EndedAt = 7;
                foreach ((uint Pid, ulong, Operation) flow in _calls.Keys.Where(flow => flow.Pid == pid).ToArray())
                {
                    _calls.Remove(flow);
                }
            }
        }
        if (_calls.Count > 0 && random.Next(8) == 0)
        {
            _calls.Remove(_calls.Keys.ElementAt(random.Next(_calls.Count)));
        }
        foreach (Channel channel in _channels.Values.Where(_ => random.Next(10) == 0))
        {
            channel.HighWater++;
        }
        _scene.Capture.Source.SetFlows([.. _calls.Select(flow => Flow(flow.Key.Pid, flow.Key.Inode, flow.Key.Operation, flow.Value))]);
        _scene.Capture.Source.Set([.. _calls.GroupBy(flow => (flow.Key.Pid, flow.Key.Operation)).Select(flows =>
            Samples.Series(ProcessOf(flows.Key.Pid), flows.Aggregate(0UL, (sum, flow) => sum + flow.Value), operation: flows.Key.Operation))]);
        _scene.Capture.Calls = random.Next(3) == 0 ? [Waiting((uint)random.Next(1, 6), (ulong)random.Next(1, 8))] : [];
    }

    private FlowSample Flow(uint pid, ulong inode, Operation operation, ulong calls)
    {
        FlowSample flow = new() { Id = (pid * 1000) + (inode * 10) + (ulong)operation, Process = ProcessOf(pid), Channel = ChannelOf(inode), Operation = operation, Errors = [] };
        flow.Counters = Samples.Series(flow.Process, calls).Counters;
        return flow;
    }

    private CallInProgress Waiting(uint pid, ulong inode) => _scene.Waiting(TimeSpan.FromSeconds(1)) with
    {
        Flow = new FlowKey(ProcessOf(pid).Key, ChannelOf(inode).Key, Mechanism.Pipe, Operation.Write, Cgroup: 4711),
        Tid = pid,
        Name = ProcessOf(pid).Name,
        Channel = ChannelOf(inode).Name,
    };

    private Process ProcessOf(uint pid) =>
        _processes.TryGetValue(pid, out Process? process) ? process : _processes[pid] = Samples.Process($"p{pid}", pid, start: (ulong)_clock.Monotonic);

    private Channel ChannelOf(ulong inode) =>
        _channels.TryGetValue(inode, out Channel? channel) ? channel : _channels[inode] = new Channel(new ChannelKey(inode, 14, 0), Mechanism.Pipe) { Name = $"pipe:[{inode}]" };

    private static void Take(Viewer viewer, StreamState state)
    {
        Assert.True(viewer.Events.TryRead(out StreamEvent? told));
        string[] lines = Encoding.UTF8.GetString(told!.Plain.Span).Split('\n');
        state.Take(lines[0]["event: ".Length..], JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement);
    }
}
