using System.Runtime.InteropServices;
using System.Text;
using Ipcscope.Capture;
using Ipcscope.Ends;

namespace Ipcscope.Cli;

/// <summary>One run of <c>trace</c>, from the first program attached to the summary.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="seams">The rest of the agent.</param>
internal sealed class TraceRun(TraceRequest request, Seams seams)
{
    /// <summary>How long the output may take for what is left when the end comes.</summary>
    private static readonly TimeSpan OutputPatience = TimeSpan.FromMilliseconds(400);

    /// <summary>How often it is looked whether the processes that were named still live.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    private readonly ChannelIndex _channels = new(seams.Time);

    /// <summary>Traces until something ends it.</summary>
    /// <returns>The exit status: the command's own, if there is one.</returns>
    public int Run()
    {
        using FileStream? file = TraceFile.Open(request.File);
        // As strace does: a command keeps its standard output for itself.
        Output output = file is not null ? new Output((int)file.SafeFileHandle.DangerousGetHandle())
            : request.Command is not null ? new Output(Output.StandardError) : seams.Out;
        using var signals = new StopSignals();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(signals.Token);
        var clock = new WallClock(seams.Time);
        using var json = new TraceJson(clock, seams.Places);
        var table = new TraceTable(clock, Styles.For(request.Color, output.Fd), Layout(output), seams.Places);
        ITraceFormat format = request.Format == OutputFormat.Json ? json : table;
        using var sink = new LineSink(output, end.Cancel) { Heading = format == table ? Encoding.UTF8.GetBytes(table.Heading() + "\n") : null };
        using IEndSource? ends = OpenEnds(out string? lack);
        var peers = new PeerEnds(ends, seams.Time);
        var feed = new TraceFeed(sink, format, _channels, new PeerNames(_channels, seams.Time), peers, request.Plan.Filter.Remainder, seams.Places, request.Pace.Count, end.Cancel);
        TracedCommand? command = request.Command is null ? null : TracedCommand.Start(request.Command, seams.Self);
        using ICapture capture = Start(feed, command);
        using PosixSignalRegistration resized = FollowSize(table, output);
        var summary = new Summary(seams.Time);
        sink.Head();
        TellLack(lack);
        peers.Flows = capture.Flows;
        Begin(capture, command, signals, end);
        Wait(end, command);
        sink.Hurry(OutputPatience);
        capture.Stop();
        sink.Complete();
        TellLack(peers.Lack);
        return Finish(sink, signals, command, () => summary.Describe(
            format == json, feed.Operations, capture, [LossCause.ConsumerSlow.Of(sink.Dropped)], [new(Stages.Output, sink.Handed, sink.Written, sink.Dropped)]));
    }

    // Where the kernel cannot be asked for ends, but traced, lines are shown without them.
    private IEndSource? OpenEnds(out string? lack)
    {
        try
        {
            lack = null;
            return seams.OpenEnds();
        }
        catch (CaptureException e)
        {
            lack = e.Message;
            return null;
        }
    }

    private void TellLack(string? why)
    {
        if (why is not null)
        {
            seams.Error.WriteLine($"ipcscope: the processes at the other ends are not shown: {why}");
        }
    }

    private ICapture Start(TraceFeed feed, TracedCommand? command)
    {
        CaptureOptions options = request.Plan.Options with
        {
            OnOperation = feed.Handle,
            // A record has 112 bytes: a million a second fill seven of these sixteen MiB in a twentieth of a second, should a reader be late.
            RingBytes = 16 << 20,
            PollInterval = TimeSpan.FromMilliseconds(20),
        };
        try
        {
            return seams.Capture(options);
        }
        catch (CaptureException)
        {
            command?.Abandon();
            throw;
        }
    }

    private void Begin(ICapture capture, TracedCommand? command, StopSignals signals, CancellationTokenSource end)
    {
        _channels.Source = capture.Flows;
        if (command is not null)
        {
            capture.Watch((uint)command.Pid);
            signals.PassOn = command.Forward;
            command.Continue();
            command.Ended.ContinueWith(_ => end.Cancel(), end.Token, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        if (request.Pace.Duration is { } duration)
        {
            end.CancelAfter(duration);
        }
    }

    private void Wait(CancellationTokenSource end, TracedCommand? command)
    {
        bool mayEnd = command is null && request.Pids.Count > 0 && !request.Plan.Options.Filter.FollowChildren;
        while (!end.Token.WaitHandle.WaitOne(Glance))
        {
            if (mayEnd && !request.Pids.Any(pid => Directory.Exists($"/proc/{pid}")))
            {
                seams.Error.WriteLine("ipcscope: every process that was named has ended");
                return;
            }
        }
    }

    private int Finish(LineSink sink, StopSignals signals, TracedCommand? command, Func<string> summary)
    {
        if (sink.Failure is CommandException failure)
        {
            throw failure;
        }
        // A closed pipe ends quietly.
        if (sink.Failure is null)
        {
            // Behind the ^C that the terminal has shown.
            seams.Error.WriteLine($"{(signals.ByKey && TerminalSize.IsTerminal(Output.StandardError) ? " " : "")}{summary()}");
        }
        return command is null ? ExitStatus.Success : command.WaitForEnd(signals.Token);
    }

    private TraceLayout Layout(Output output) => TraceLayout.For(request.Format == OutputFormat.Wide ? int.MaxValue : output.Size.Columns);

    private PosixSignalRegistration FollowSize(TraceTable table, Output output) =>
        PosixSignalRegistration.Create(StopSignals.WindowChanged, _ => table.Resize(Layout(output)));
}
