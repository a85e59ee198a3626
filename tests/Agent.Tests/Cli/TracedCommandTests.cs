using System.Text;
using Ipcscope.Capture;
using Ipcscope.Cli;

namespace Ipcscope.Tests.Cli;

/// <summary>Commands are held by the real binary, which stands beside this test.</summary>
public sealed class TracedCommandTests
{
    private static readonly string Self = Path.Combine(AppContext.BaseDirectory, "ipcscope");

    private static (Typed Typed, FakeCapture? Capture) Trace(params string[] command)
    {
        FakeCapture? capture = null;
        var seams = new Seams { Self = Self, OpenEnds = () => new FakeEnds([]), StartCapture = options => capture = new FakeCapture(options) };
        string lines = Path.GetTempFileName();
        Typed typed = Typed.Run(seams, ["trace", "-w", lines, "--", .. command]);
        File.Delete(lines);
        return (typed, capture);
    }

    [Theory]
    [InlineData(0, "exit 0")]
    [InlineData(7, "exit 7")]
    [InlineData(128 + 9, "kill -9 $$")]
    [InlineData(128 + 15, "kill -15 $$")]
    public void The_status_is_the_commands_own(int expected, string script) => Assert.Equal(expected, Trace("sh", "-c", script).Typed.Status);

    [Fact]
    public void The_command_and_its_children_are_watched_before_it_begins()
    {
        string path = Path.GetTempFileName();
        (_, FakeCapture? capture) = Trace("sh", "-c", $"echo $$ > {path}");
        Assert.Equal([uint.Parse(File.ReadAllText(path).Trim())], capture!.Watched);
        Assert.True(capture.Options.Filter.OnlyWatched);
        Assert.True(capture.Options.Filter.FollowChildren);
        File.Delete(path);
    }

    [Fact]
    public void Nothing_runs_before_the_capture_does()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        bool ran = true;
        var seams = new Seams
        {
            Self = Self,
            OpenEnds = () => new FakeEnds([]),
            StartCapture = _ =>
            {
                Thread.Sleep(300);
                ran = File.Exists(path);
                throw new CaptureException(ExitStatus.NotPermitted, "no");
            },
        };
        Assert.Equal(ExitStatus.NotPermitted, Typed.Run(seams, "trace", "--", "touch", path).Status);
        Assert.False(ran);
        Thread.Sleep(100);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData(127, "ipcscope: cannot run no-such-command: no directory of PATH has it (sudo may have changed PATH: try a full path)", "no-such-command")]
    [InlineData(127, "ipcscope: cannot run ./no-such-command: there is no such file", "./no-such-command")]
    [InlineData(126, "ipcscope: cannot run /etc/passwd: it is no executable file (chmod +x makes a script one)", "/etc/passwd")]
    [InlineData(126, "ipcscope: cannot run /tmp: it is no executable file (chmod +x makes a script one)", "/tmp")]
    public void What_cannot_run_is_said_as_shells_do(int status, string expected, string command)
    {
        (Typed typed, FakeCapture? capture) = Trace(command);
        Assert.Equal([expected], typed.ErrorLines);
        Assert.Equal(status, typed.Status);
        Assert.Null(capture);
    }

    [Fact]
    public void Signals_are_as_a_shell_would_give_them()
    {
        string path = Path.GetTempFileName();
        Trace("sh", "-c", $"sed -n 's/^Sig\\(Blk\\|Ign\\):.//p' /proc/self/status > {path}");
        // Signals 32 and 33 are glibc's own: whatever it starts ignores one of them until it needs it.
        Assert.Equal([0UL, 0UL], File.ReadLines(path).Select(mask => Convert.ToUInt64(mask, 16) & ~(3UL << 31)));
        File.Delete(path);
    }

    [Fact]
    public async Task Arguments_and_environment_arrive_as_they_are()
    {
        string path = Path.GetTempFileName();
        TracedCommand command = TracedCommand.Start([.. "sh,-c,printf '%s|' \"$@\" > \"$0\"; env | grep -c ^PATH= >> \"$0\"".Split(',').Select(Encoding.UTF8.GetBytes), Encoding.UTF8.GetBytes(path), [0xFF, 0x20, 0x22], []], Self);
        command.Continue();
        Assert.Equal(0, await command.Ended);
        Assert.Equal([0xFF, 0x20, 0x22, (byte)'|', (byte)'|', (byte)'1', (byte)'\n'], await File.ReadAllBytesAsync(path));
        File.Delete(path);
    }
}
