using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Tests.Cli;

namespace Ipcscope.Tests.Edges;

public sealed class GraphCommandTests
{
    private readonly EdgeScene _scene = new();
    private readonly Process _a = EdgeScene.Process("a");
    private readonly Process _b = EdgeScene.Process("b");
    private readonly Process _c = EdgeScene.Process("c");
    private FakeCapture? _capture;

    private Typed Graph(params string[] arguments)
    {
        Channel pipe = _scene.Channel(Mechanism.Pipe), other = _scene.Channel(Mechanism.Eventfd);
        _scene.Ends.Hold(_a, pipe, "w");
        _scene.Ends.Hold(_b, pipe, "r");
        return Typed.Run(
            new Seams
            {
                OpenEnds = () => _scene.Ends,
                StartCapture = options =>
                {
                    _capture = new FakeCapture(options);
                    _capture.Source.Journal.Do(_a, pipe, Operation.Write, 2, 100);
                    // What comes with the very end is in the picture.
                    _capture.Rest = () =>
                    {
                        _capture.Source.Journal.Do(_b, pipe, Operation.Read, 1, 100);
                        _capture.Source.Journal.Do(_b, other, Operation.Write, 1, 8);
                        _capture.Source.Journal.Do(_c, other, Operation.Read, 1, 8);
                    };
                    return _capture;
                },
            },
            ["graph", "-d", "10ms", .. arguments]);
    }

    [Fact]
    public void Who_talks_to_whom_in_a_while()
    {
        Typed typed = Graph("-g", "pid");
        Assert.Matches($@"^SOURCE +DESTINATION +MECHANISM +OPS +BYTES +RATE +HOW$", typed.OutputLines[0]);
        Assert.Matches($@"^a\[{_a.Key.Pid}\] +→ +b\[{_b.Key.Pid}\] +pipe +2 +100 B +[\d.]+ [KMG]?i?B/s +exact$", typed.OutputLines[1]);
        Assert.Matches($@"^b\[{_b.Key.Pid}\] +→ +c\[{_c.Key.Pid}\] +eventfd +1 +8 B +[\d.]+ [KMG]?i?B/s +observed$", typed.OutputLines[2]);
        Assert.Matches("^3 operations in .*, 0 lost, ", typed.ErrorLines[^1]);
        Assert.Equal(3, typed.OutputLines.Length);
        Assert.True(_capture!.Disposed && _capture.Source.Journal.Closed);
    }

    [Fact]
    public void Whom_is_asked_for_may_be_at_either_end()
    {
        Typed typed = Graph("-o", "json", "-c", "c");
        Assert.Contains("\"destination\":{\"kind\":\"process\",\"name\":\"c\"}", Assert.Single(typed.OutputLines), StringComparison.Ordinal);
        Assert.Empty(_capture!.Options.Filter.Names);
    }

    [Fact]
    public void Mechanisms_are_the_kernels_business_and_nothing_else_is()
    {
        Graph("-m", "pipe,unix", "process = a and operation = write");
        Assert.Equal([Mechanism.Pipe, Mechanism.Unix], _capture!.Options.Filter.Mechanisms);
        Assert.Empty(_capture.Options.Filter.Operations);
        Typed typed = Typed.Run(_ => throw new InvalidOperationException("nothing may be attached"), "graph", "--explain", "-m", "pipe", "process = a");
        Assert.Equal(["kernel: mechanism in (pipe)", "agent:  one end of an arrow meets mechanism in (pipe) and process = a"], typed.OutputLines);
    }

    [Fact]
    public void Children_are_the_kernels_business()
    {
        Graph("-p", $"{Environment.ProcessId}", "-f");
        Assert.Equal([(uint)Environment.ProcessId], _capture!.Options.Filter.Pids);
        Assert.True(_capture.Options.Filter.FollowChildren);
    }
}
