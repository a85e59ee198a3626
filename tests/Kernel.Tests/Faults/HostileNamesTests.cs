using System.Text;
using System.Text.Json;
using Ipcscope.KernelTests.Objects;
using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Faults;

/// <summary>A process, a FIFO, a queue, a socket, an abstract one and a cgroup with the worst names that the kernel takes, in every output of the binary.</summary>
[Collection(nameof(ProductGroup))]
public sealed class HostileNamesTests : IDisposable
{
    private const string Name = "x\e[2J\"\n\\\u202Ey"; // 14 bytes
    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-hostile").FullName;
    // Of the kernel's characters a cgroup's name may have all but the line feed.
    private readonly string _cgroup = $"{(Directory.Exists("/sys/fs/cgroup/memory") ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup")}/{Name.Replace("\n", "", StringComparison.Ordinal)}{Environment.ProcessId}";
    private readonly Script _script;

    // A queue's name of 255 bytes, of which two are not UTF-8. Numbers: mq_open, mq_unlink, prctl(PR_SET_NAME) of x86-64.
    public HostileNamesTests() => _script = new Script($$"""
        use Socket; use POSIX;
        my $g = join("", map { chr(hex($_)) } qw({{string.Join(' ', Encoding.UTF8.GetBytes(_cgroup).Select(b => $"{b:x2}"))}})); mkdir($g) || die "cgroup $!"; open(my $p, ">", "$g/cgroup.procs"); syswrite($p, $$) || die "cgroup $!"; close($p);
        my $n = "x\e[2J\"\n\\\xe2\x80\xaey"; syscall(157, 15, my $c = "$n\0", 0, 0, 0);
        POSIX::mkfifo("{{_folder}}/$n", 0600); open(my $f, "+<", "{{_folder}}/$n");
        my $q = $n . "\xff\xfe" . "q" x 239; syscall(241, my $z = "$q\0"); my $d = syscall(240, $z, 0102, 0600, 0); die "mq $!" if $d < 0; syscall(241, $z);
        socket(my $s, AF_UNIX, SOCK_STREAM, 0); bind($s, pack_sockaddr_un("{{_folder}}/s$n")); listen($s, 1);
        socket(my $a, AF_UNIX, SOCK_STREAM, 0); bind($a, pack_sockaddr_un("\0a$n\xff" . "a" x 80)) || die "abstract $!"; listen($a, 1);
        if (!fork) { syscall(157, 15, $c, 0, 0, 0); open(my $o, ">", "/dev/null"); while (1) { syswrite($f, "1"); sysread($f, my $b, 1); select(undef, undef, undef, 0.01); last if getppid() == 1 } exit }
        """);

    public void Dispose()
    {
        _script.Dispose();
        Directory.Delete(_folder, recursive: true);
        // Its child ends a moment later.
        Assert.True(Eventually.Get(() => Binary.RunAny(["rmdir", _cgroup]).Status == 0, removed => removed));
    }

    [Theory]
    [InlineData("ls channels")]
    [InlineData("ls objects")]
    [InlineData("ls processes")]
    [InlineData("ls calls")]
    [InlineData("top -b -n 1")]
    [InlineData("trace -n 20 -m fifo")]
    [InlineData("graph -d 1s")]
    [InlineData("graph -d 1s -o dot")]
    [InlineData("graph -d 1s -o mermaid")]
    [InlineData("check")]
    public void NothingCommandsTheTerminal(string command)
    {
        Outcome outcome = Binary.Run(command.Split(' ')).AssertStatus(0);
        AssertHarmless(outcome.Output);
        AssertHarmless(outcome.Error);
    }

    [Theory]
    [InlineData("ls channels -o json", true)]
    [InlineData("ls objects -o json", true)]
    [InlineData("ls processes -o json", true)]
    [InlineData("trace -n 20 -m fifo -o json", true)]
    [InlineData("graph -d 1s -o json", true)]
    [InlineData("top -b -n 1 -o json", true)]
    public void JsonGivesThemBack(string command, bool named)
    {
        Outcome outcome = Binary.Run(command.Split(' ')).AssertStatus(0);
        AssertHarmless(outcome.Output);
        Assert.Equal(named, outcome.Lines.Any(line => Strings(JsonDocument.Parse(line).RootElement).Any(text => text.Contains(Name, StringComparison.Ordinal))));
    }

    [Fact]
    public void PrometheusReadsThePage()
    {
        using RunningAgent agent = new(labels: "process, pid, cgroup");
        string page = Eventually.Get(agent.Page, page => page.Contains("process=\"x\uFFFD[2J\\\"\\n\\\\\uFFFDy\"", StringComparison.Ordinal));
        Assert.Contains("process=\"x\uFFFD[2J\\\"\\n\\\\\uFFFDy\"", page, StringComparison.Ordinal);
        Assert.Contains("cgroup=\"/x\uFFFD[2J\\\"\\\\\uFFFDy", page, StringComparison.Ordinal);
        AssertHarmless(page);
        string file = $"{_folder}/page";
        File.WriteAllText(file, page);
        Binary.Script($"promtool check metrics < '{file}'").AssertStatus(0);
    }

    [Fact]
    public void TheApiGivesThemBack()
    {
        using RunningAgent agent = new(api: "");
        static bool IsNamed(string page) => Strings(JsonDocument.Parse(page).RootElement).Any(text => text.Contains(Name, StringComparison.Ordinal));
        foreach (string path in (string[])["processes?limit=10000", "channels?limit=10000", "objects?limit=10000", "graph"])
        {
            string page = Eventually.Get(() => Binary.RunAny(["curl", "-s", $"http://127.0.0.1:{agent.ApiPort}/api/v1/{path}"]).Output, IsNamed, TimeSpan.FromSeconds(15));
            Assert.True(IsNamed(page), path);
            AssertHarmless(page);
        }
    }

    private static void AssertHarmless(string text) =>
        Assert.DoesNotContain(text, c => (char.IsControl(c) && c != '\n') || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u200E' or '\u200F' or '\u061C');

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Strings(property.Value)),
        _ => [],
    };
}
