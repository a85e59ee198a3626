using System.CommandLine;
using System.Text.Json;
using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Filters;

namespace Ipcscope.Tests.Cli;

public sealed class CommandLineTests
{
    private const string Mechanisms =
        "pipe, fifo, unix, tcp, udp, vsock, netlink, pty, eventfd, mq, sysv_msg, sysv_sem, "
        + "sysv_shm, shm, file_map, futex, signal, process_vm, io_uring";

    private static ICapture Never(CaptureOptions options) => throw new InvalidOperationException("nothing may be attached");

    [Theory]
    [InlineData("ipcscope: a command is missing (see ipcscope --help)")]
    [InlineData("ipcscope: there is no command \"tarce\" (did you mean \"trace\"?) (see ipcscope --help)", "tarce")]
    [InlineData("ipcscope: there is no option \"--foo\" (see ipcscope trace --help)", "trace", "--foo", "x")]
    [InlineData("ipcscope: there is no option \"--foo\" (see ipcscope version --help)", "version", "--foo")]
    [InlineData("ipcscope: \"x\" is one word too many (see ipcscope doctor --help)", "doctor", "x")]
    [InlineData("ipcscope: --pid: found \"x\"; allowed: a process id, 1 to 4194304 (see ipcscope trace --help)", "trace", "-p", "x")]
    [InlineData("ipcscope: --pid: found \"0\"; allowed: a process id, 1 to 4194304 (see ipcscope trace --help)", "trace", "-p", "1,0")]
    [InlineData($"ipcscope: --mechanism: found \"pip\" (did you mean \"pipe\"?); allowed: {Mechanisms} (see ipcscope trace --help)", "trace", "-m", "unix,pip")]
    [InlineData("ipcscope: --comm: found \"a-name-that-is-too-long\"; allowed: 1 to 15 bytes, as the kernel keeps names: \"a-name-that-is-\"? (see ipcscope top --help)", "top", "-c", "a-name-that-is-too-long")]
    [InlineData("ipcscope: --interval: found \"-1s\"; allowed: 10 ms to 24 h, with a unit (ns, us, µs, ms, s, m, h) (see ipcscope top --help)", "top", "-i", "-1s")]
    [InlineData("ipcscope: --interval: found \"1ms\"; allowed: 10 ms to 24 h, with a unit (ns, us, µs, ms, s, m, h) (see ipcscope top --help)", "top", "-i", "1ms")]
    [InlineData("ipcscope: --count: found \"0\"; allowed: a whole number from 1 (see ipcscope trace --help)", "trace", "-n", "0")]
    [InlineData("ipcscope: --output: found \"xml\"; allowed: table, wide, json (see ipcscope ls --help)", "ls", "-o", "xml")]
    [InlineData("ipcscope: --color: found \"red\"; allowed: auto, always, never (see ipcscope version --help)", "version", "--color", "red")]
    [InlineData("ipcscope: --sort: found \"oops\" (did you mean \"ops\"?); allowed: ops, bytes, p50, p99, errors, wait, name (see ipcscope top --help)", "top", "-s", "oops")]
    [InlineData("ipcscope: found \"foo\"; allowed: channels, processes, objects, calls (see ipcscope ls --help)", "ls", "foo")]
    [InlineData("ipcscope: Option '-i' expects a single argument but 2 were provided (see ipcscope top --help)", "top", "-i", "1s", "-i", "2s")]
    [InlineData("ipcscope: Required argument missing for option: '-p' (see ipcscope trace --help)", "trace", "-p")]
    [InlineData("ipcscope: a command is missing behind -- (see ipcscope trace --help)", "trace", "--")]
    [InlineData("ipcscope: only trace takes a command behind -- (see ipcscope trace --help)", "top", "--", "ls")]
    [InlineData("ipcscope: there is no process 4194303: it has ended, or the number is that of another pid namespace (see ipcscope ls processes)", "trace", "-p", "4194303")]
    [InlineData("ipcscope: the filter \"durration > 5ms\": column 1: unknown field \"durration\" (did you mean \"duration\"?); allowed: pid, tid, process, mechanism, operation, via, detail, channel, peer, size, duration, wait, error, cgroup, container, pod, namespace, workload (see ipcscope fields)", "trace", "durration > 5ms")]
    [InlineData("ipcscope: /nowhere/x.yaml: the file does not exist", "run", "--config", "/nowhere/x.yaml")]
    public void Wrong_usage_is_one_clear_line_and_status_2(string expected, params string[] arguments)
    {
        Typed typed = Typed.Run(Never, arguments);
        Assert.Equal([expected], typed.ErrorLines);
        Assert.Equal(ExitStatus.Usage, typed.Status);
        Assert.Empty(typed.Output);
    }

    [Theory]
    [InlineData(ExitStatus.NotPermitted)]
    [InlineData(ExitStatus.KernelLacks)]
    public void A_capture_that_cannot_start_says_why(int status)
    {
        Typed typed = Typed.Run(_ => throw new CaptureException(status, "cannot load eBPF programs: why (what to do)"), "trace");
        Assert.Equal(["ipcscope: cannot load eBPF programs: why (what to do)"], typed.ErrorLines);
        Assert.Equal(status, typed.Status);
    }

    [Fact]
    public void A_defect_is_called_one_and_shows_no_stack()
    {
        Typed typed = Typed.Run(_ => throw new InvalidOperationException("broken"), "trace");
        Assert.Equal(
            ["ipcscope: this is a defect: InvalidOperationException: broken (please report it with the command line and what 'ipcscope version' prints; -v shows where it happened)"],
            typed.ErrorLines);
        Assert.Equal(ExitStatus.Failed, typed.Status);
    }

    [Fact]
    public void Verbose_shows_where_a_defect_is()
    {
        Typed typed = Typed.Run(_ => throw new InvalidOperationException("broken"), "trace", "-v");
        Assert.Contains(nameof(Verbose_shows_where_a_defect_is), typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_explains_itself_with_three_examples()
    {
        Command root = CommandLine.Build(new Seams(), null);
        Assert.Equal(["run", "trace", "top", "ls", "graph", "check", "doctor", "bench", "fields", "completion", "version"], root.Subcommands.Select(command => command.Name));
        foreach (Command command in (IEnumerable<Command>)[root, .. root.Subcommands])
        {
            Option help = Assert.Single(command.Options, option => option.Name == "--help");
            string[] page = [.. ((Help)help.Action!).Page(command, Styles.None)];
            int examples = Array.IndexOf(page, "examples:");
            Assert.Equal(6, page.Length - examples - 1);
            Assert.All(page, line => Assert.InRange(DisplayText.Width(line), 0, 180));
            Assert.Contains(page, line => line.StartsWith("usage: ipcscope " + (command == root ? "" : command.Name), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Help_wins_over_mistakes() => Assert.Equal(ExitStatus.Success, Typed.Run(Never, "trace", "-n", "x", "--help").Status);

    [Fact]
    public void What_is_typed_becomes_the_kernels_filter()
    {
        CaptureOptions? seen = null;
        Typed.Run(
            options =>
            {
                seen = options;
                throw new CaptureException(1, "enough");
            },
            "trace", "-p", $"{Environment.ProcessId},1", "-f", "-c", "redis-server", "-m", "pipe,unix", "-m", "tcp", "duration", ">", "5ms", "and", "size > 64KiB");
        Assert.NotNull(seen);
        Assert.Equal([(uint)Environment.ProcessId, 1u], seen.Filter.Pids);
        Assert.True(seen.Filter.FollowChildren);
        Assert.Equal(["redis-server"], seen.Filter.Names);
        Assert.Equal([Mechanism.Pipe, Mechanism.Unix, Mechanism.Tcp], seen.Filter.Mechanisms);
        Assert.Equal(5_000_001UL, seen.Filter.MinimumDurationNs);
        Assert.NotNull(seen.OnOperation);
    }

    [Fact]
    public void Explain_says_who_decides_and_attaches_nothing()
    {
        Typed typed = Typed.Run(Never, "trace", "--explain", "-m", "pipe", "size > 64KiB");
        Assert.Equal(["kernel: mechanism in (pipe)", "agent:  size > 64KiB"], typed.OutputLines);
        Assert.Equal(ExitStatus.Success, typed.Status);
    }

    [Fact]
    public void Version_tells_what_a_report_needs()
    {
        Typed typed = Typed.Run(new Seams { LibBpfVersion = () => "v1.1" }, "version", "-o", "json");
        using var parsed = JsonDocument.Parse(typed.Output);
        Assert.Equal(["schema", "version", "commit", "libbpf", "runtime", "architecture"], parsed.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal("v1.1", parsed.RootElement.GetProperty("libbpf").GetString());
    }

    [Fact]
    public void Fields_lists_every_field()
    {
        Typed typed = Typed.Run("fields", "-o", "json");
        Assert.Equal(
            FilterFields.All.Select(field => field.Name),
            typed.OutputLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("field").GetString()));
    }

    [Fact]
    public void Colours_are_off_off_a_terminal_and_on_when_asked_for()
    {
        Assert.DoesNotContain('\e', Typed.Run("fields").Output);
        Assert.Contains("\e[1mFIELD\e[0m", Typed.Run("fields", "--color", "always").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_is_checked_without_attaching()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "log: { level: loud }\nmechanisms: { pip: true }\n");
        Typed typed = Typed.Run(Never, "run", "--check", "--config", path);
        Assert.Equal(ExitStatus.Usage, typed.Status);
        Assert.Equal(2, typed.ErrorLines.Length);
        Assert.All(typed.ErrorLines, line => Assert.StartsWith($"ipcscope: {path}:", line, StringComparison.Ordinal));
        File.WriteAllText(path, "");
        typed = Typed.Run(Never, "run", "--check", "--config", path);
        Assert.Equal($"ipcscope: {path}: nothing is wrong\n", typed.Error);
        Assert.Equal(ExitStatus.Success, typed.Status);
        File.Delete(path);
    }
}
