using System.Diagnostics;
using System.IO.Pipes;
using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Tests.Export;

namespace Ipcscope.Tests.Cli;

public sealed class TraceRunTests
{
    // A capture in which this happens as soon as it has started.
    private static Func<CaptureOptions, ICapture> Happening(Action<FakeCapture> what, List<FakeCapture>? captures = null) => options =>
    {
        var capture = new FakeCapture(options);
        captures?.Add(capture);
        _ = Task.Run(() => what(capture));
        return capture;
    };

    private static void Operate(FakeCapture capture, int count, long result = 512)
    {
        for (int i = 0; i < count; i++)
        {
            capture.Operate(Operations.Send(result: result));
        }
    }

    [Fact]
    public void It_ends_after_as_many_operations_as_are_wanted()
    {
        List<FakeCapture> captures = [];
        Typed typed = Typed.Run(Happening(capture => Operate(capture, 10), captures), "trace", "-n", "3");
        Assert.Equal(4, typed.OutputLines.Length);
        Assert.StartsWith("TIME             PROCESS ", typed.OutputLines[0], StringComparison.Ordinal);
        Assert.Matches("^3 operations in .*, 0 lost, [0-9.]+ % of one CPU, detached in 38 ms$", typed.ErrorLines[^1]);
        Assert.Equal(ExitStatus.Success, typed.Status);
        Assert.True(Assert.Single(captures).Disposed);
    }

    [Fact]
    public void Calls_that_would_block_are_shown_and_are_no_operations()
    {
        Typed typed = Typed.Run(
            Happening(capture =>
            {
                Operate(capture, 5, -11);
                Operate(capture, 2);
            }),
            "trace", "-n", "2", "-o", "json");
        Assert.Equal(7, typed.OutputLines.Length);
        Assert.StartsWith("2 operations in ", typed.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_kernel_cannot_decide_is_decided_here()
    {
        Typed typed = Typed.Run(
            Happening(capture =>
            {
                Operate(capture, 4, 100);
                Operate(capture, 2, 70_000);
            }),
            "trace", "-o", "json", "-n", "2", "size > 64KiB");
        Assert.Equal(2, typed.OutputLines.Length);
        Assert.All(typed.OutputLines, line => Assert.Contains("\"size_bytes\":70000,", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Channels_are_named_by_the_flows()
    {
        Typed typed = Typed.Run(
            Happening(capture =>
            {
                KnowPeer(capture);
                Operate(capture, 1);
            }),
            "trace", "-n", "1", "-o", "json");
        Assert.Contains("\"channel\":\"socket:[4711]\",\"inode\":4711,\"peer\":\"/run/redis.sock\"", typed.Output, StringComparison.Ordinal);
    }

    private static void KnowPeer(FakeCapture capture)
    {
        FlowSample flow = Samples.Flow(Samples.Process("producer", 4312), 4711);
        flow.Channel = new Channel(Operations.Send().Flow.Channel, Mechanism.Unix) { Name = "socket:[4711]", Peer = "/run/redis.sock" };
        capture.Source.SetFlows(flow);
    }

    [Fact]
    public void What_is_left_in_the_ring_is_shown_and_losses_are_said()
    {
        Typed typed = Typed.Run(
            options =>
            {
                var capture = new FakeCapture(options);
                capture.Rest = () => Operate(capture, 7);
                capture.Source.Losses = [new("ring", "ring_full", 35)];
                return capture;
            },
            "trace", "-d", "50ms", "-o", "json");
        Assert.Equal(7, typed.OutputLines.Length);
        Assert.Matches("^7 operations in .*, 35 lost \\(35 ring full\\), ", typed.ErrorLines[^1]);
    }

    [Fact]
    public void A_closed_pipe_ends_quietly()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using var error = new StringWriter();
        var output = new Output((int)pipe.ClientSafePipeHandle.DangerousGetHandle());
        Func<CaptureOptions, ICapture> capture = Happening(fake =>
        {
            Operate(fake, 10);
            pipe.Dispose();
            Operate(fake, 10);
        });
        Assert.Equal(ExitStatus.Success, CommandLine.Run(["trace"], new Seams { Out = output, Error = error, StartCapture = capture, OpenEnds = () => new FakeEnds([]) }));
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public void It_ends_with_the_processes_that_were_named()
    {
        using var sleep = System.Diagnostics.Process.Start("sleep", "0.3");
        var watch = Stopwatch.StartNew();
        Typed typed = Typed.Run(Happening(_ => sleep.WaitForExit()), "trace", "-p", $"{sleep.Id}");
        Assert.InRange(watch.ElapsedMilliseconds, 200, 5_000);
        Assert.Equal("ipcscope: every process that was named has ended", typed.ErrorLines[0]);
    }

    [Fact]
    public void Lines_can_go_to_a_file()
    {
        string path = Path.GetTempFileName();
        Typed typed = Typed.Run(Happening(capture => Operate(capture, 2)), "trace", "-n", "2", "-o", "json", "-w", path);
        Assert.Equal(2, File.ReadAllLines(path).Length);
        Assert.Empty(typed.Output);
        File.Delete(path);
    }

    [Theory]
    [InlineData("/nowhere/file", "cannot write \"/nowhere/file\": Could not find a part of the path '/nowhere/file'")]
    [InlineData("/tmp", "cannot write \"/tmp\": it is a directory")]
    public void A_file_that_cannot_be_written_is_said(string path, string expected)
    {
        Typed typed = Typed.Run(Happening(_ => { }), "trace", "-w", path);
        Assert.Equal([$"ipcscope: {expected}"], typed.ErrorLines);
        Assert.Equal(ExitStatus.Failed, typed.Status);
    }

    [Fact]
    public void Hundreds_of_thousands_of_lines_are_all_there()
    {
        const int Count = 300_000;
        string path = Path.GetTempFileName();
        Typed typed = Typed.Run(Happening(capture => Operate(capture, Count)), "trace", "-n", $"{Count}", "-o", "json", "-w", path);
        Assert.StartsWith("300,000 operations in ", typed.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Equal(Count, File.ReadLines(path).Count());
        File.Delete(path);
    }
}
