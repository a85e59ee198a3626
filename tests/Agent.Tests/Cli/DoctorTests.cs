using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Tests.Objects;

namespace Ipcscope.Tests.Cli;

public sealed class DoctorTests
{
    private static Typed Doctor(Func<CaptureOptions, ICapture> capture, params Finding[] machine) => Typed.Run(
        new Seams { StartCapture = capture, ReadSnapshot = () => [], OpenObjects = () => new FakeObjects(() => []), MachineChecks = _ => [.. machine.Select<Finding, Func<Finding>>(finding => () => finding)] }, "doctor");

    [Fact]
    public void All_well_is_status_0_even_with_warnings()
    {
        Typed typed = Doctor(options => new FakeCapture(options), Finding.Ok("kernel", "6.18 x64"), Finding.Warn("JIT", "is off", "time (switch it on)"));
        Assert.Equal(
            [
                "ok    kernel         6.18 x64",
                "warn  JIT            is off",
                "                     costs: time (switch it on)",
                "ok    counting       2 programs attached in 210 ms, detached in 38 ms; ring of 1 MiB",
                "ok    events         2 programs attached in 210 ms, detached in 38 ms; ring of 1 MiB",
            ],
            typed.OutputLines[..5]);
        Assert.Equal("ipcscope can run here\n", typed.Error);
        Assert.Equal(ExitStatus.Success, typed.Status);
    }

    [Fact]
    public void What_the_kernel_refuses_is_a_warning_with_the_verifiers_words()
    {
        Typed typed = Doctor(options => new FakeCapture(options)
        {
            Source = { Missing = [new MissingPart("signal", "no signals are counted", "cannot load it: EACCES: the verifier: why", [])] },
        });
        string text = string.Join(' ', typed.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("warn counting 2 programs attached in 210 ms, detached in 38 ms; ring of 1 MiB; this kernel refuses signal (cannot load it: EACCES: the verifier: why)", text, StringComparison.Ordinal);
        Assert.Contains("costs: no signals are counted; all else is counted as elsewhere", text, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Success, typed.Status);
    }

    [Fact]
    public void The_first_failure_decides_the_status()
    {
        Typed typed = Doctor(
            _ => throw new CaptureException(ExitStatus.NotPermitted, "cannot load"),
            Finding.Ok("kernel", "6.18"), Finding.Fail("BTF", ExitStatus.KernelLacks, "there is none", "everything"));
        Assert.Equal(ExitStatus.KernelLacks, typed.Status);
        Assert.Contains("fail  counting       cannot load", typed.OutputLines);
        Assert.Equal("ipcscope cannot run here\n", typed.Error);
    }

    [Fact]
    public void A_narrow_terminal_wraps_words()
    {
        string[] lines = [.. DoctorReport.Lines(Finding.Warn("JIT", "is off and should be on", "a lot of time"), 40, Styles.None)];
        Assert.Equal(
            [
                "warn  JIT            is off and should",
                "                     be on",
                "                     costs: a lot of",
                "                     time",
            ],
            lines);
    }

    [Fact]
    public void The_machine_is_really_asked()
    {
        Finding[] findings = [.. MachineChecks.All(Attachment.Tracepoints).Select(check => check())];
        Assert.Equal(
            ["kernel", "BTF", "capabilities", "privileges", "lockdown", "tracefs", "attachment", "JIT", "unprivileged", "pid namespace", "other tracers"], findings.Select(finding => finding.Check));
        Assert.All(findings, finding => Assert.Equal(finding.Verdict == Verdict.Fail, finding.Status != ExitStatus.Success));
        // What was chosen has its price, even if all is well.
        Assert.All(findings, finding => Assert.Equal(finding.Verdict != Verdict.Ok || finding.Check == "attachment", finding.Cost.Length > 0));
        Assert.StartsWith(File.ReadAllText("/proc/sys/kernel/osrelease").Trim(), findings[0].Detail, StringComparison.Ordinal);
    }
}
