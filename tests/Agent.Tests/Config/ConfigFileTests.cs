using Ipcscope.Config;
using Ipcscope.Decode;
using Microsoft.Extensions.Logging;

namespace Ipcscope.Tests.Config;

public sealed class ConfigFileTests : IDisposable
{
    private const string Mechanisms =
        "pipe, fifo, unix, tcp, udp, vsock, netlink, pty, eventfd, mq, sysv_msg, sysv_sem, "
        + "sysv_shm, shm, file_map, futex, signal, process_vm, io_uring";

    private const string AllOff =
        "mechanisms: {pipe: false, fifo: false, unix: false, tcp: false, udp: false, vsock: false, netlink: false, pty: false, eventfd: false, mq: false, "
        + "sysv_msg: false, sysv_sem: false, sysv_shm: false, shm: false, file_map: false, futex: false, signal: false, process_vm: false, io_uring: false}";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    private ConfigResult<AgentOptions> Load(string yaml)
    {
        File.WriteAllText(_file, yaml);
        return ConfigLoader.Load<AgentOptions>(_file, new Dictionary<string, string>());
    }

    private string[] Faults(string yaml)
    {
        ConfigResult<AgentOptions> result = Load(yaml);
        Assert.Null(result.Options);
        return [.. result.Faults.Select(fault => fault.ToString().Replace(_file, "f", StringComparison.Ordinal))];
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("{}")]
    [InlineData("metrics:\nlog: ~\n")]
    public void NothingMeansDefaults(string yaml)
    {
        AgentOptions options = Load(yaml).Options!;
        Assert.Equal(Enum.GetValues<Mechanism>().Where(mechanism => mechanism != Mechanism.None), options.Mechanisms);
        Assert.False(options.PrivateFutexes);
        Assert.False(options.SampleVolume);
        Assert.Equal("", options.Filter);
        Assert.Equal(new AggregationOptions { Mode = AggregationMode.Kernel, Interval = TimeSpan.FromSeconds(1), MaxFlows = 16384, IdleExpiry = TimeSpan.FromMinutes(5) }, options.Aggregation);
        Assert.Equal(new ListenAddress("127.0.0.1", 9464), options.Metrics.Listen);
        Assert.Equal(new ListenAddress("127.0.0.1", 9465), options.Api.Listen);
        Assert.Equal([MetricLabel.Process, MetricLabel.Pid], options.Metrics.Labels);
        Assert.Equal(10000, options.Metrics.MaxSeries);
        Assert.False(options.Metrics.OpenMetrics);
        Assert.Equal(new LogOptions { Level = LogLevel.Information, Format = LogFormat.Text }, options.Log);
    }

    [Fact]
    public void EveryKeyIsRead()
    {
        AgentOptions options = Load("""
            mechanisms:
              { pipe: true, fifo: false, unix: true, tcp: false, udp: false, vsock: false, netlink: false, pty: false, eventfd: false, mq: true,
                sysv_msg: false, sysv_sem: false, sysv_shm: false, shm: { sampleVolume: true }, file_map: false, futex: { private: true, enabled: true },
                signal: false, process_vm: false, io_uring: false }
            filter: 'process ~ "^redis"'
            aggregation: { mode: ring, interval: 250ms, maxFlows: 64, idleExpiry: 1.5m }
            metrics: { listen: "[::1]:0", labels: [pid, process], maxSeries: 1048576, openMetrics: true }
            api: { listen: '', tokenFile: /t, tls: { certificateFile: /c, keyFile: /k, clientCaFile: /ca } }
            log: { level: debug, format: json }
            """).Options!;
        Assert.Equal([Mechanism.Pipe, Mechanism.Unix, Mechanism.Mq, Mechanism.Shm, Mechanism.Futex], options.Mechanisms);
        Assert.True(options.PrivateFutexes);
        Assert.True(options.SampleVolume);
        Assert.Equal("process ~ \"^redis\"", options.Filter);
        Assert.Equal(new AggregationOptions { Mode = AggregationMode.Ring, Interval = TimeSpan.FromMilliseconds(250), MaxFlows = 64, IdleExpiry = TimeSpan.FromSeconds(90) }, options.Aggregation);
        Assert.Equal(new ListenAddress("::1", 0), options.Metrics.Listen);
        Assert.Equal(new ApiOptions { Listen = null, Access = new() { TokenFile = "/t", CertificateFile = "/c", KeyFile = "/k", ClientCaFile = "/ca" } }, options.Api);
        Assert.Equal([MetricLabel.Pid, MetricLabel.Process], options.Metrics.Labels);
        Assert.Equal(1048576, options.Metrics.MaxSeries);
        Assert.True(options.Metrics.OpenMetrics);
        Assert.Equal(new LogOptions { Level = LogLevel.Debug, Format = LogFormat.Json }, options.Log);
    }

    [Fact]
    public void AMechanismCanBeSwitchedOffAndNoOther() =>
        Assert.Equal(AgentOptions.AllMechanisms.Except([Mechanism.Unix]), Load("mechanisms: {unix: false}").Options!.Mechanisms);

    [Theory]
    [InlineData("mechanisms: {futex: true}", true, false)]
    [InlineData("mechanisms: {futex: false}", false, false)]
    [InlineData("mechanisms: {futex: {}}", true, false)]
    [InlineData("mechanisms: {futex: {enabled: false}}", false, false)]
    [InlineData("mechanisms: {futex: {private: true}}", true, true)]
    [InlineData("mechanisms:\n  futex:\n    enabled: true\n    private: false\n", true, false)]
    public void FutexesHaveASwitchMore(string yaml, bool observed, bool inside)
    {
        AgentOptions options = Load(yaml).Options!;
        Assert.Equal((observed, inside), (options.Mechanisms.Contains(Mechanism.Futex), options.PrivateFutexes));
    }

    [Fact]
    public void NoLabelsAtAllIsAllowed() => Assert.Empty(Load("metrics: {labels: []}").Options!.Metrics.Labels);

    [Fact]
    public void AllFaultsAreReportedInOrder() => Assert.Equal(
        [
            "f:1:20: mechanisms.pipe: found \"yes\"; allowed: true, false",
            $"f:1:25: mechanisms.pip: unknown key (did you mean \"pipe\"?); allowed here: {Mechanisms}",
            "f:3:9: aggregation.mode: found \"fast\"; allowed: kernel, ring",
            "f:4:13: aggregation.interval: found \"-1s\"; allowed: a duration from 10ms to 1h, such as 500ms, 1s or 5m",
            "f:5:3: aggregation.mode: the key is there twice, first in line 3; allowed: once",
            "f:6:13: aggregation.maxFlows: found \"63\"; allowed: a whole number from 64 to 1048576",
            "f:7:10: metrics: found a list; allowed: keys with values: listen, tokenFile, tls, labels, maxSeries, openMetrics, programTimes",
            "f:8:1: sampels: unknown key; allowed here: mechanisms, filter, aggregation, metrics, api, otlp, kubernetes, log",
            "f:9:15: log.level: found \"infomation\" (did you mean \"information\"?); allowed: trace, debug, information, warning, error, critical",
        ],
        Faults("""
            mechanisms: {pipe: yes, pip: true}
            aggregation:
              mode: fast
              interval: -1s
              mode: ring
              maxFlows: 63
            metrics: [1, 2]
            sampels: { slowerThan: [1, {a: b}] }
            log: { level: infomation }
            """));

    [Theory]
    [InlineData("aggregation: {interval: 0}", "f:1:25: aggregation.interval: found \"0\"; allowed: a duration from 10ms to 1h, such as 500ms, 1s or 5m")]
    [InlineData("aggregation: {interval: 5}", "f:1:25: aggregation.interval: found \"5\"; allowed: a duration from 10ms to 1h, such as 500ms, 1s or 5m")]
    [InlineData("aggregation: {interval: }", "f:1:25: aggregation.interval: found nothing; allowed: a duration from 10ms to 1h, such as 500ms, 1s or 5m")]
    [InlineData("aggregation: {interval: [1s]}", "f:1:25: aggregation.interval: found a list; allowed: a duration from 10ms to 1h, such as 500ms, 1s or 5m")]
    [InlineData("aggregation: {maxFlows: '64'}", "f:1:25: aggregation.maxFlows: found the string \"64\"; allowed: a whole number from 64 to 1048576")]
    [InlineData("aggregation: {maxFlows: 1048577}", "f:1:25: aggregation.maxFlows: found \"1048577\"; allowed: a whole number from 64 to 1048576")]
    [InlineData("aggregation: {maxFlows: 99999999999999999999}", "f:1:25: aggregation.maxFlows: found \"99999999999999999999\"; allowed: a whole number from 64 to 1048576")]
    [InlineData("aggregation: {maxFlows: 1e3}", "f:1:25: aggregation.maxFlows: found \"1e3\"; allowed: a whole number from 64 to 1048576")]
    [InlineData("aggregation: kernel", "f:1:14: aggregation: found \"kernel\"; allowed: keys with values: mode, attachment, interval, maxFlows, delivery, idleExpiry")]
    [InlineData("aggregation: {idleExpiry: 2s, interval: 3s}", "f:1:27: aggregation.idleExpiry: flows would expire after 2 s, before they are read every 3 s; allowed: an idleExpiry that is not less than interval")]
    [InlineData("aggregation: {interval: 6m}", "f:1:25: aggregation.interval: flows would expire after 300 s, before they are read every 360 s; allowed: an idleExpiry that is not less than interval")]
    [InlineData("mechanisms: {pipe: \"true\"}", "f:1:20: mechanisms.pipe: found the string \"true\"; allowed: true, false")]
    [InlineData("mechanisms: {pipe: !!bool true}", "f:1:20: mechanisms.pipe: found the tag tag:yaml.org,2002:bool; allowed: true, false")]
    [InlineData("mechanisms: {rpc: true}", $"f:1:14: mechanisms.rpc: unknown key; allowed here: {Mechanisms}")]
    [InlineData("mechanisms: {pipe: {enabled: true}}", "f:1:20: mechanisms.pipe: found keys with values; allowed: true, false")]
    [InlineData("mechanisms: {futex: [a]}", "f:1:21: mechanisms.futex: found a list; allowed: true, false, or keys with values: enabled, private")]
    [InlineData("mechanisms: {futex: on}", "f:1:21: mechanisms.futex: found \"on\"; allowed: true, false")]
    [InlineData("mechanisms: {futex: {enabled: 1, privat: true}}", "f:1:31: mechanisms.futex.enabled: found \"1\"; allowed: true, false|f:1:34: mechanisms.futex.privat: unknown key (did you mean \"private\"?); allowed here: enabled, private")]
    [InlineData("mechanisms: {futex: {enabled: {private: true}}}", "f:1:31: mechanisms.futex.enabled: found keys with values; allowed: true, false")]
    [InlineData("mechanisms: {futex: {private: true, private: true}}", "f:1:37: mechanisms.futex.private: the key is there twice, first in line 1; allowed: once")]
    [InlineData("mechanisms: {futex: {enabled: false, private: true}}", "f:1:47: mechanisms.futex.private: futex is off, so private ones would not be observed; allowed: private without enabled false")]
    [InlineData("mechanisms: {shm: {sampleVolum: true}}", "f:1:20: mechanisms.shm.sampleVolum: unknown key (did you mean \"sampleVolume\"?); allowed here: enabled, sampleVolume")]
    [InlineData("mechanisms: {shm: {enabled: false, sampleVolume: true}}", "f:1:50: mechanisms.shm.sampleVolume: shm is off, so its volume would not be sampled; allowed: sampleVolume without enabled false")]
    [InlineData(AllOff, "f:1:20: mechanisms.pipe: every mechanism is off: nothing would be observed; allowed: at least one on")]
    [InlineData("metrics: {labels: process}", "f:1:19: metrics.labels: found \"process\"; allowed: a list, [] or any of process, pid, executable, container, pod, namespace, workload, node, cgroup, each once")]
    [InlineData("metrics: {labels: [pid, pid]}", "f:1:25: metrics.labels: found \"pid\"; allowed: a list, [] or any of process, pid, executable, container, pod, namespace, workload, node, cgroup, each once")]
    [InlineData("metrics: {labels: [pid, proces]}", "f:1:25: metrics.labels: found \"proces\" (did you mean \"process\"?); allowed: a list, [] or any of process, pid, executable, container, pod, namespace, workload, node, cgroup, each once")]
    [InlineData("metrics: {labels: [[pid]]}", "f:1:20: metrics.labels: found a list; allowed: a list, [] or any of process, pid, executable, container, pod, namespace, workload, node, cgroup, each once")]
    [InlineData("metrics: {listen: :9464}", "f:1:19: metrics.listen: found \":9464\"; allowed: an address and a port, such as 127.0.0.1:9464, \"[::1]:9464\" or localhost:9464")]
    [InlineData("api: {listen: 9465}", "f:1:15: api.listen: found \"9465\"; allowed: an address and a port, such as 127.0.0.1:9465, \"[::1]:9465\" or localhost:9465; '' serves none")]
    [InlineData("api: {listen: 0.0.0.0:9465}", "f:1:15: api.listen: others can reach 0.0.0.0:9465, and nobody would be asked who they are; allowed: a loopback address, or api.tokenFile or api.tls.clientCaFile with it")]
    [InlineData("api: {listen: 127.0.0.1:9464}", "f:1:15: api.listen: 127.0.0.1:9464 is where metrics are served, too; allowed: another port, or '' for no API")]
    [InlineData("sinks: {endpoint: x}", "f:1:1: sinks: unknown key; allowed here: mechanisms, filter, aggregation, metrics, api, otlp, kubernetes, log")]
    [InlineData("otlp: {endpoint: x}", "f:1:18: otlp.endpoint: found \"x\"; allowed: a URL, such as http://127.0.0.1:4317 or https://collector:4318; '' sends nothing")]
    [InlineData("otlp: {endpoint: 'http://user:secret@x'}", "f:1:18: otlp.endpoint: found \"http://user:secret@x\"; allowed: a URL, such as http://127.0.0.1:4317 or https://collector:4318; '' sends nothing")]
    [InlineData("kubernetes: {enabled: yes}", "f:1:23: kubernetes.enabled: found \"yes\"; allowed: auto, true, false")]
    [InlineData("kubernetes: {nodeName: a=b}", "f:1:24: kubernetes.nodeName: found \"a=b\"; allowed: a name; '' is the host name")]
    [InlineData("kubernetes: {criSocket: run}", "f:1:25: kubernetes.criSocket: found \"run\"; allowed: the path of a socket, such as /run/containerd/containerd.sock; '' asks no runtime")]
    [InlineData("? [a, b]\n: 1\nfoo: 2", "f:1:3: found a list; allowed: one of the keys mechanisms, filter, aggregation, metrics, api, otlp, kubernetes, log|f:3:1: foo: unknown key; allowed here: mechanisms, filter, aggregation, metrics, api, otlp, kubernetes, log")]
    [InlineData("- a", "f:1:1: found a list; allowed: keys with values: mechanisms, filter, aggregation, metrics, api, otlp, kubernetes, log")]
    [InlineData("log: {}\n---\nlog: {}", "f:2:1: a second document begins; allowed: one")]
    [InlineData("log: &a {level: debug}\nmetrics: *a", "f:2:10: metrics: found an alias; allowed: keys with values: listen, tokenFile, tls, labels, maxSeries, openMetrics, programTimes")]
    [InlineData("filter: ''\nlog: {format: \"\\e[31m\"}", "f:2:15: log.format: found \"\uFFFD[31m\"; allowed: text, json")]
    [InlineData("filter: [a]", "f:1:9: filter: found a list; allowed: a filter expression; '' lets everything through")]
    [InlineData("filter: mechansm = pipe", "f:1:9: filter: found \"mechansm = pipe\": column 1: unknown field \"mechansm\" (did you mean \"mechanism\"?); allowed: pid, tid, process, executable, mechanism, operation, via, detail, channel, peer, size, duration, wait, error, cgroup, container, pod, namespace, workload; allowed: a filter expression; '' lets everything through")]
    [InlineData("filter: duration > 5ms", "f:1:9: filter: found \"duration > 5ms\": column 1: duration is not known of metrics, only of single operations; allowed here: pid, process, executable, mechanism, operation, via, detail, cgroup, container, pod, namespace, workload, or aggregation.mode ring")]
    [InlineData("aggregation: {mode: ring}\nfilter: size > 5", "f:2:9: filter: found \"size > 5\": the kernel cannot decide this condition on size, and metrics do not know it; allowed: fields of metrics (pid, process, executable, mechanism, operation, via, detail, cgroup, container, pod, namespace, workload), duration > or >=, error != \"\"")]
    public void AFaultNamesLineKeyValueAndWhatIsAllowed(string yaml, string faults) => Assert.Equal(faults.Split('|'), Faults(yaml));

    [Theory]
    [InlineData("log: {level: debug", 2)]
    [InlineData("log:\n  level: debug\n\tformat: json", 2)]
    [InlineData("metrics: {labels: [pid,\nlog: {}", 1)]
    [InlineData("log:\n  level: debug\n format: json", 3)]
    [InlineData("filter: \"abc", 1)]
    [InlineData("metrics: {listen: [::1]:9464}", 1)]
    public void BrokenYamlIsReportedWithItsPlace(string yaml, int line)
    {
        ConfigFault fault = Load(yaml).Faults[^1];
        Assert.Equal(line, fault.Line);
        Assert.True(fault.Column > 0);
        Assert.StartsWith("this is not YAML: ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void FaultsBeforeBrokenYamlAreReportedToo()
    {
        string[] faults = Faults("log: {format: xml}\nfilter: 'a\n");
        Assert.Equal(2, faults.Length);
        Assert.Equal("f:1:15: log.format: found \"xml\"; allowed: text, json", faults[0]);
        Assert.StartsWith("f:2:9: this is not YAML: ", faults[1], StringComparison.Ordinal);
    }

    // Whatever bytes a file has, there are settings or faults, and no exception.
    [Fact]
    public void NoTextMakesTheLoaderFail()
    {
        const string seed = "mechanisms: {pipe: true}\nfilter: 'a'\naggregation:\n  mode: ring\nmetrics:\n  labels:\n  - pid\n  - \"executable\"\nlog: {level: debug} # x\n";
        const string noise = "{}[]:,-?&*!|>'\"%@`#\n\t ~a0\\\u0001\uFEFF";
        var random = new Random(4711);
        for (int round = 0; round < 5_000; round++)
        {
            char[] text = seed.ToCharArray();
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                text[random.Next(text.Length)] = noise[random.Next(noise.Length)];
            }
            var binder = new YamlBinder<AgentOptions>("f");
            binder.Read(new string(text, 0, random.Next(text.Length)));
            Assert.All(binder.Faults, fault => Assert.True(fault.Line > 0 && fault.Message.Length > 0));
        }
    }
}
