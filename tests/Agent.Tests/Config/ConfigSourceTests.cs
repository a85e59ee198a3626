using Ipcscope.Config;
using Ipcscope.Decode;

namespace Ipcscope.Tests.Config;

public sealed class ConfigSourceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, "ipcscope.yaml");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static ConfigResult<AgentOptions> Load(string? path, params (string Name, string Value)[] environment) =>
        ConfigLoader.Load<AgentOptions>(path, environment.ToDictionary(variable => variable.Name, variable => variable.Value));

    [Fact]
    public void NoFileMeansDefaults() => Assert.Equal(new AggregationOptions(), Load(null).Options!.Aggregation);

    [Fact]
    public void AByteOrderMarkIsNoFault() => Assert.Equal("pid=1", Load(Write([0xEF, 0xBB, 0xBF, .. "filter: pid=1"u8])).Options!.Filter);

    [Fact]
    public void AMissingFileIsNamed() => Assert.Equal("/no/such.yaml: the file does not exist", Assert.Single(Load("/no/such.yaml").Faults).ToString());

    [Fact]
    public void ADirectoryIsNamed() => Assert.Equal($"{_folder}: this is a directory; name a file", Assert.Single(Load(_folder.FullName).Faults).ToString());

    [Fact]
    public void AnotherEncodingIsNamed()
    {
        string path = Write([.. "filter: "u8, 0xE9]);
        Assert.Equal($"{path}: byte 9 is not UTF-8; save the file as UTF-8", Assert.Single(Load(path).Faults).ToString());
    }

    [Fact]
    public void AnEndlessFileIsRefused() =>
        Assert.Equal("/dev/zero: the file is longer than 65536 bytes: is it the right one?", Assert.Single(Load("/dev/zero").Faults).ToString());

    [Fact]
    public void TheEnvironmentOverridesTheFile()
    {
        AgentOptions options = Load(
            Write("aggregation: {mode: kernel, maxFlows: 100}\nmetrics: {labels: [pid], listen: 127.0.0.1:1}"u8.ToArray()),
            ("IPCSCOPE_AGGREGATION_MODE", "ring"), ("IPCSCOPE_METRICS_LISTEN", "127.0.0.2:9464"), ("IPCSCOPE_METRICS_LABELS", "executable, pid"),
            ("IPCSCOPE_MECHANISMS_TCP", "false"), ("IPCSCOPE_MECHANISMS_SYSV_MSG", "false"),
            ("IPCSCOPE_MECHANISMS_FUTEX_PRIVATE", "true"), ("IPCSCOPE_MECHANISMS_SHM_SAMPLE_VOLUME", "true"), ("IPCSCOPE_AGGREGATION_IDLE_EXPIRY", "1h"), ("HOME", "/")).Options!;
        Assert.Equal(AggregationMode.Ring, options.Aggregation.Mode);
        Assert.Equal(100, options.Aggregation.MaxFlows);
        Assert.Equal(TimeSpan.FromHours(1), options.Aggregation.IdleExpiry);
        Assert.Equal(new ListenAddress("127.0.0.2", 9464), options.Metrics.Listen);
        Assert.Equal([MetricLabel.Executable, MetricLabel.Pid], options.Metrics.Labels);
        Assert.Equal(AgentOptions.AllMechanisms.Except([Mechanism.Tcp, Mechanism.SysvMsg]), options.Mechanisms);
        Assert.True(options.PrivateFutexes);
        Assert.True(options.SampleVolume);
    }

    [Fact]
    public void AnEmptyVariableIsAnEmptyListOrText()
    {
        AgentOptions options = Load(Write("filter: pid=1"u8.ToArray()), ("IPCSCOPE_METRICS_LABELS", ""), ("IPCSCOPE_FILTER", "")).Options!;
        Assert.Empty(options.Metrics.Labels);
        Assert.Equal("", options.Filter);
    }

    [Fact]
    public void FaultsOfFileAndEnvironmentComeTogether()
    {
        string path = Write("log: {level: loud}"u8.ToArray());
        string all = string.Join(", ", SettingTable.All.Select(setting => setting.Variable));
        Assert.Equal(
            [
                $"{path}:1:14: log.level: found \"loud\"; allowed: trace, debug, information, warning, error, critical",
                $"IPCSCOPE_AGGREGATION_MAXFLOWS: unknown variable (did you mean \"IPCSCOPE_AGGREGATION_MAX_FLOWS\"?); allowed: {all}",
                "IPCSCOPE_AGGREGATION_MODE: found \"\"; allowed: kernel, ring",
                "IPCSCOPE_METRICS_LABELS: found \"vessel\"; allowed: a list, [] or any of process, pid, executable, container, pod, namespace, workload, node, cgroup, each once",
            ],
            Load(path, ("IPCSCOPE_METRICS_LABELS", "vessel,pid"), ("IPCSCOPE_AGGREGATION_MODE", ""), ("IPCSCOPE_AGGREGATION_MAXFLOWS", "64"))
                .Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void TheVariableIsBlamedForAContradictionThatItMakes() => Assert.Equal(
        "IPCSCOPE_AGGREGATION_IDLE_EXPIRY: flows would expire after 1 s, before they are read every 2 s; allowed: an idleExpiry that is not less than interval",
        Assert.Single(Load(Write("aggregation: {interval: 2s}"u8.ToArray()), ("IPCSCOPE_AGGREGATION_IDLE_EXPIRY", "1s")).Faults).ToString());

    [Theory]
    [InlineData("IPCSCOPE_SERVICE_HOST", "10.0.0.1")]
    [InlineData("IPCSCOPE_SERVICE_PORT", "9464")]
    [InlineData("IPCSCOPE_SERVICE_PORT_METRICS", "9464")]
    [InlineData("IPCSCOPE_PORT", "tcp://10.0.0.1:9464")]
    [InlineData("IPCSCOPE_DASHBOARD_PORT_80_TCP_ADDR", "10.0.0.1")]
    public void ServiceLinksOfKubernetesAreNotOurs(string name, string value) => Assert.NotNull(Load(null, (name, value)).Options);

    [Fact]
    public void APortThatIsNoServiceLinkIsUnknown() => Assert.Null(Load(null, ("IPCSCOPE_METRICS_PORT", "9464")).Options);

    [Theory]
    [InlineData("127.0.0.1:9464", true)]
    [InlineData("[::1]:9464", true)]
    [InlineData("localhost:1", true)]
    [InlineData("127.9.9.9:65535", true)]
    [InlineData("0.0.0.0:0", false)]
    [InlineData("[::]:9464", false)]
    [InlineData("192.168.1.2:80", false)]
    public void AnAddressIsReadAndWrittenAlike(string text, bool loopback)
    {
        Assert.True(ListenAddress.TryParse(text, out ListenAddress? address));
        Assert.Equal(text, address.ToString());
        Assert.Equal(loopback, address.IsLoopback);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9464")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1: 80")]
    [InlineData("127.1:80")]
    [InlineData("0127.0.0.1:80")]
    [InlineData("::1:80")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData("example.org:80")]
    [InlineData("http://127.0.0.1:80")]
    public void AnAddressThatCannotBeBoundToIsRefused(string text) => Assert.False(ListenAddress.TryParse(text, out _));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1ns", 1)]
    [InlineData("1us", 1_000)]
    [InlineData("41 µs", 41_000)]
    [InlineData("1.5ms", 1_500_000)]
    [InlineData("2s", 2_000_000_000)]
    [InlineData("5m", 300_000_000_000)]
    [InlineData("24h", 86_400_000_000_000)]
    public void ADurationHasAUnit(string text, long nanoseconds)
    {
        Assert.True(Quantity.Duration.TryParse(text, out long value));
        Assert.Equal(nanoseconds, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("+1s")]
    [InlineData("1 s ")]
    [InlineData("1S")]
    [InlineData("1s2")]
    [InlineData("1.5ns")]
    [InlineData("1..5s")]
    [InlineData("1e3s")]
    [InlineData("9223372036854775808ns")]
    [InlineData("99999999999999999999999999999999999999s")]
    public void WhatIsNoDurationIsRefused(string text) => Assert.False(Quantity.Duration.TryParse(text, out _));
}
