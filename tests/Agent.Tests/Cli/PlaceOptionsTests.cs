using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Filters;
using Ipcscope.Findings;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Tests.Cli;

public sealed class PlaceOptionsTests
{
    private static readonly Place Web = new() { Container = "app", ContainerId = "a", Pod = "web-1", Namespace = "shop" };

    [Theory]
    [InlineData("app", "", "", true)]
    [InlineData("app", "web-1", "shop", true)]
    [InlineData("", "web-1", "", true)]
    [InlineData("sidecar", "web-1", "shop", false)]
    [InlineData("", "web-2", "", false)]
    [InlineData("", "", "bank", false)]
    [InlineData("", "", "", true)]
    public void A_selection_admits_who_runs_where_it_says(string container, string pod, string space, bool admitted)
    {
        FilterSelection selection = new() { Containers = Words(container), Pods = Words(pod), Namespaces = Words(space) };
        Assert.Equal(admitted, selection.Admits(Web));
        Assert.Equal(container.Length + pod.Length + space.Length > 0, selection.AsksForPlaces);
        var process = new Process(new ProcessKey(1, 2, 0), "sh", 3) { Where = new Cgroup("/") { Place = Web with { IsComplete = true } } };
        var subject = new FlowSubject(Places.OfIds).Of(new FlowSample { Process = process, Channel = new Channel(default, Mechanism.Pipe) });
        Assert.Equal(admitted, FilterPlan.Create(null, selection).Whole?.Matches(subject) ?? true);
    }

    [Fact]
    public void A_place_is_said_in_words()
    {
        Assert.Equal("in app of shop/web-1", Web.Words);
        Assert.Equal("in app of web-1", (Web with { Namespace = "" }).Words);
        Assert.Equal("in 0123456789ab", new Place { Container = "0123456789ab" }.Words);
        Assert.Equal("", Place.Host.Words);
    }

    [Fact]
    public void Processes_have_columns_for_containers_where_one_is_in_one()
    {
        Places places = Places.OfIds;
        Cgroup inside = Cgroups.Learn(900_001, $"/kubepods/pod1b2c3d4e-0000-1111-2222-333344445555/{new string('c', 64)}"), outside = Cgroups.Learn(900_002, "/system.slice");
        Ipcscope.Capture.Descriptor of(Cgroup cgroup, uint pid) => new()
        {
            Process = new ProcessKey(1, pid, 0),
            Name = "sh",
            Cgroup = cgroup.Id,
            Fd = 1,
            Key = new ChannelKey(pid, 0, 0),
            Info = new ChannelInfo { Mechanism = Mechanism.Pipe },
        };
        string[] lines = [.. LsProcesses.Table([of(inside, 5), of(outside, 6)], places, 200, Styles.None)];
        Assert.Contains("CONTAINER", lines[0], StringComparison.Ordinal);
        Assert.Contains("cccccccccccc", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("CONTAINER", LsProcesses.Table([of(outside, 6)], places, 200, Styles.None).First(), StringComparison.Ordinal);
        Assert.Contains("\"container\":\"cccccccccccc\"", LsProcesses.Objects([of(inside, 5)], places).First(), StringComparison.Ordinal);
        Assert.DoesNotContain("container", LsProcesses.Objects([of(outside, 6)], places).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_channels_and_problems_say_where_their_processes_run()
    {
        Cgroup inside = Cgroups.Learn(900_003, $"/kubepods/pod1b2c3d4e-0000-1111-2222-333344445555/{new string('d', 64)}"), outside = Cgroups.Learn(900_004, "/system.slice");
        Wait contained = Waiting(inside, 7), host = Waiting(outside, 8);
        Assert.Contains("CONTAINER", LsCalls.Table([contained, host], Places.OfIds, false, 200, Styles.None).First(), StringComparison.Ordinal);
        Assert.Contains("dddddddddddd", LsCalls.Table([contained, host], Places.OfIds, false, 200, Styles.None).ElementAt(1), StringComparison.Ordinal);
        Assert.DoesNotContain("CONTAINER", LsCalls.Table([host], Places.OfIds, false, 200, Styles.None).First(), StringComparison.Ordinal);
        Assert.Contains("\"container\":\"dddddddddddd\"", LsCalls.Objects([contained], Places.OfIds).Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("container", LsCalls.Objects([host], Places.OfIds).Single(), StringComparison.Ordinal);

        var descriptor = new Ipcscope.Capture.Descriptor
        {
            Process = new ProcessKey(1, 7, 0),
            Name = "sh",
            Cgroup = inside.Id,
            Fd = 1,
            Key = new ChannelKey(7, 0, 0),
            Info = new ChannelInfo { Mechanism = Mechanism.Pipe },
        };
        Ipcscope.Ends.ChannelEnds ends = FakeEnds.Look([descriptor]);
        var channels = new LsChannels(ends, Places.OfIds);
        string[] table = [.. channels.Table(LsChannel.Group([descriptor]), false, 200, Styles.None)];
        Assert.Contains("CONTAINER", table[0], StringComparison.Ordinal);
        Assert.Contains("dddddddddddd", table[1], StringComparison.Ordinal);
        Assert.Contains("\"container\":\"dddddddddddd\"", channels.Objects(LsChannel.Group([descriptor])).Single(), StringComparison.Ordinal);

        var problem = new Problem(ProblemKind.BackPressure, "it is full", [], [contained], [(7, "sh")]);
        var report = new CheckReport(ends, Places.OfIds);
        Assert.Contains(report.Lines([problem], Styles.None), line => line.Trim() == "sh[7] is in dddddddddddd of 1b2c3d4e-0000-1111-2222-333344445555");
        Assert.Equal(3, report.Objects([problem]).Single().Split("\"container\"").Length);
    }

    private static Wait Waiting(Cgroup cgroup, uint pid) => new(
        new CallInProgress
        {
            Flow = new FlowKey(new ProcessKey(1, pid, 0), new ChannelKey(pid, 0, 0), Mechanism.Pipe, Operation.Write) { Cgroup = cgroup.Id },
            Tid = pid,
            Name = "sh",
            Channel = "pipe",
            Info = default,
            Begin = 0,
            Age = 1,
        },
        [],
        IsClosed: false);

    private static string[] Words(string one) => one.Length > 0 ? [one] : [];
}
