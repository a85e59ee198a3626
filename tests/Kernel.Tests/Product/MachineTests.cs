namespace Ipcscope.KernelTests.Product;

/// <summary>What a machine lacks is told with its own exit status. Mounts are changed in a namespace of the command's own.</summary>
[Collection(nameof(ProductGroup))]
public sealed class MachineTests : IDisposable
{
    // It may not be mounted anyway.
    private const string WithoutTracefs = "{ ! mountpoint -q /sys/kernel/tracing || umount /sys/kernel/tracing; }";

    private const string Nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set -all";

    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-machine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("run")]
    [InlineData("trace")]
    [InlineData("trace -- true")]
    [InlineData("top -b -n 1")]
    [InlineData("ls")]
    public void WithoutRootItIsNotPermitted(string command) =>
        Refusal.AssertOneLine(Binary.Script($"exec {Nobody} $AGENT {command}").AssertStatus(4), "CAP_BPF", "sudo");

    [Theory]
    [InlineData("run")]
    [InlineData("trace")]
    [InlineData("top -b -n 1")]
    [InlineData("ls")]
    public void WithoutTypeInformationTheKernelLacksIt(string command) =>
        Refusal.AssertOneLine(InNamespace("mount -t tmpfs none /sys/kernel/btf", command).AssertStatus(3), "/sys/kernel/btf/vmlinux", "CONFIG_DEBUG_INFO_BTF");

    [Theory]
    [InlineData("run")]
    [InlineData("trace")]
    [InlineData("ls")]
    public void UnderLockdownItIsNotPermitted(string command) =>
        Refusal.AssertOneLine(Lockdown("none integrity [confidentiality]", command).AssertStatus(4), "locked down", "lockdown=integrity");

    [Fact]
    public void LockdownForIntegrityIsFine() => Lockdown("none [integrity] confidentiality", "trace -- true").AssertStatus(0);

    [Fact]
    public void WithoutTracefsItWorks()
    {
        InNamespace(
            $"{WithoutTracefs} && ! test -e /sys/kernel/tracing/events",
            $"trace -o json -w {_folder}/lines -- $WORKLOAD pipe/readwrite --truth {_folder}/truth").AssertStatus(0);
        Workloads.AssertEqual(Truth.Read($"{_folder}/truth"), TraceLine.Sum(TraceLine.OfWorkloads($"{_folder}/lines")));
    }

    [Theory]
    [InlineData("true", 0)]
    [InlineData("mount -t tmpfs none /sys/kernel/btf", 3)]
    [InlineData(WithoutTracefs, 0)]
    public void DoctorKnowsIt(string change, int status)
    {
        Outcome outcome = InNamespace(change, "doctor").AssertStatus(status);
        Assert.Equal(status != 0, outcome.Lines.Any(line => line.StartsWith("fail ", StringComparison.Ordinal)));
        Assert.Equal(status == 0 ? "ipcscope can run here" : "ipcscope cannot run here", outcome.ErrorLines[^1]);
    }

    [Fact]
    public void DoctorKnowsWhatNobodyMay() => Binary.Script($"exec {Nobody} $AGENT doctor").AssertStatus(4);

    private Outcome Lockdown(string state, string command)
    {
        File.WriteAllText($"{_folder}/lockdown", $"{state}\n");
        return InNamespace($"mount --bind {_folder} /sys/kernel/security", command);
    }

    private static Outcome InNamespace(string change, string command)
    {
        Outcome outcome = Binary.RunAny(["unshare", "-m", "sh", "-c", $"{{ {change}; }} || exit 99; exec $AGENT {command}"]);
        Assert.True(outcome.Status != 99, $"{change}: {outcome.Error}");
        return outcome;
    }
}
