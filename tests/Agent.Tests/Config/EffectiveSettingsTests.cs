using Ipcscope.Config;
using Ipcscope.Decode;

namespace Ipcscope.Tests.Config;

public sealed class EffectiveSettingsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatIsPrintedIsReadBackAsTheSameOptions(bool inside)
    {
        AgentOptions options = new()
        {
            Mechanisms = [Mechanism.Pipe, Mechanism.Tcp, Mechanism.Shm, Mechanism.Futex],
            PrivateFutexes = inside,
            SampleVolume = !inside,
            Filter = "process ~ \"^redis\" and mechanism in (pipe, tcp)",
            Aggregation = new AggregationOptions { Mode = AggregationMode.Ring, MaxFlows = 4096, Interval = TimeSpan.FromMilliseconds(250) },
            Otlp = new OtlpOptions { Endpoint = "https://collector:4318/v1/metrics", Protocol = OtlpProtocol.Http, Interval = TimeSpan.FromSeconds(7), Timeout = TimeSpan.FromSeconds(3) },
            Kubernetes = new KubernetesOptions { Enabled = inside ? ApiUse.On : ApiUse.Off, NodeName = "node-1", CriSocket = "/run/cri.sock" },
            Metrics = new MetricsOptions { Labels = [MetricLabel.Executable], MaxSeries = 7, OpenMetrics = true, ProgramTimes = true },
        };
        string yaml = EffectiveSettings.ToYaml(options);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, yaml);
            ConfigResult<AgentOptions> read = ConfigLoader.Load<AgentOptions>(path);
            Assert.Empty(read.Faults);
            Assert.Equal(yaml, EffectiveSettings.ToYaml(read.Options!));
            Assert.Equal(options.Filter, read.Options!.Filter);
            Assert.Equal(options.Mechanisms, read.Options.Mechanisms);
            Assert.Equal(inside, read.Options.PrivateFutexes);
            Assert.Equal(!inside, read.Options.SampleVolume);
            Assert.Contains($"  shm: {{enabled: true, sampleVolume: {(inside ? "false" : "true")}}}\n", yaml, StringComparison.Ordinal);
            Assert.Contains($"  futex: {{enabled: true, private: {(inside ? "true" : "false")}}}\n", yaml, StringComparison.Ordinal);
            Assert.Contains("  pipe: true\n  fifo: false\n", yaml, StringComparison.Ordinal);
            Assert.Equal(options.Aggregation, read.Options.Aggregation);
            Assert.Equal((options.Otlp, options.Kubernetes), (read.Options.Otlp, read.Options.Kubernetes));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
