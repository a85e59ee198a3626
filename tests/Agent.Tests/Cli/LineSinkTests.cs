using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using Ipcscope.Cli;

namespace Ipcscope.Tests.Cli;

public sealed class LineSinkTests : IDisposable
{
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In);

    private Output Output => new((int)_pipe.ClientSafePipeHandle.DangerousGetHandle());

    public void Dispose() => _pipe.Dispose();

    [Fact]
    public async Task Every_line_arrives_in_order()
    {
        using var reader = new StreamReader(_pipe);
        Task<string> read = reader.ReadToEndAsync();
        using var sink = new LineSink(Output, () => { });
        var expected = new StringBuilder();
        for (int i = 0; i < 100_000; i++)
        {
            string line = $"line {i}\n";
            expected.Append(line);
            sink.Append(Encoding.UTF8.GetBytes(line));
        }
        sink.Complete();
        _pipe.DisposeLocalCopyOfClientHandle();
        Assert.Equal(expected.ToString(), await read);
        Assert.Equal((100_000UL, 100_000UL, 0UL), (sink.Handed, sink.Written, sink.Dropped));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // an operation came while the capture was still starting
    public async Task The_heading_stands_above_all_lines(bool asked)
    {
        using var reader = new StreamReader(_pipe);
        Task<string> read = reader.ReadToEndAsync();
        using var sink = new LineSink(Output, () => { }) { Heading = "HEADING\n"u8.ToArray() };
        if (asked)
        {
            sink.Head();
        }
        sink.Append("line\n"u8);
        sink.Head();
        sink.Complete();
        _pipe.DisposeLocalCopyOfClientHandle();
        Assert.Equal("HEADING\nline\n", await read);
    }

    [Fact]
    public async Task An_output_that_does_not_move_holds_nobody_up_at_the_end()
    {
        using var sink = new LineSink(Output, () => { });
        byte[] line = new byte[100_000];
        // The pipe takes 64 KiB, the two buffers of the sink 256 KiB each: the rest has to wait.
        Task writing = Task.Run(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                sink.Append(line);
            }
        });
        await Task.Delay(300);
        Assert.False(writing.IsCompleted);
        var watch = Stopwatch.StartNew();
        sink.Hurry(TimeSpan.FromMilliseconds(200));
        await writing;
        sink.Complete();
        Assert.InRange(watch.ElapsedMilliseconds, 150, 700);
        // No line has gone out whole.
        Assert.Equal((10UL, 0UL, 10UL), (sink.Handed, sink.Written, sink.Dropped));
    }

    [Fact]
    public void A_reader_that_has_gone_is_noticed_without_a_line()
    {
        using var closed = new ManualResetEventSlim();
        using var sink = new LineSink(Output, closed.Set);
        _pipe.Dispose();
        Assert.True(closed.Wait(5_000));
        Assert.IsType<OutputClosedException>(sink.Failure);
    }

    [Fact]
    public void A_full_disk_is_an_error()
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
        using var closed = new ManualResetEventSlim();
        using var sink = new LineSink(new Output((int)full.SafeFileHandle.DangerousGetHandle()), closed.Set);
        sink.Append("line\n"u8);
        Assert.True(closed.Wait(5_000));
        Assert.Equal(ExitStatus.Failed, Assert.IsType<CommandException>(sink.Failure).ExitStatus);
        Assert.StartsWith("cannot write the output: No space left on device", sink.Failure.Message, StringComparison.Ordinal);
    }
}
