using System.Text.RegularExpressions;
using Ipcscope.ChartTests.Dashboards;
using Ipcscope.ChartTests.Rules;

namespace Ipcscope.ChartTests.Live;

/// <summary>Every query of every dashboard, every rule and every alert has data, in a real Prometheus that scrapes the real agent.</summary>
public sealed partial class LiveTests(Cluster cluster) : IClassFixture<Cluster>
{
    public static TheoryData<string> Dashboards => [.. DashboardFiles.Names];

    public static TheoryData<string> Recordings => [.. RuleFiles.Recordings.Select(rule => rule["record"]!.GetValue<string>())];

    public static TheoryData<string> Alerts => [.. RuleFiles.Alerts.Select(rule => rule["alert"]!.GetValue<string>())];

    /// <summary>What the workload brings about: these conditions are met now, and stay so until <c>for</c> has passed.</summary>
    private static readonly string[] Met =
        ["IpcBackpressure", "IpcQueueNearlyFull", "IpcOrphanedSharedMemory", "IpcOrphanedQueues", "IpcErrorsHigh"];

    /// <summary>Panels without data, and why that is so.</summary>
    private static readonly Dictionary<string, string> Empty = new()
    {
        ["Processor time of the programs"] = "the kernel measures it for CAP_SYS_ADMIN only, which the chart does not give",
        ["A run of a program"] = "the same",
    };

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void EveryPanelHasData(string name)
    {
        List<string> empty = [];
        foreach ((string panel, string expression) in DashboardFiles.Queries(DashboardFiles.Read(DashboardFiles.Shipped, name)))
        {
            if (cluster.AwaitAnswer(Filled(expression)).Count == 0 && !Empty.ContainsKey(panel))
            {
                empty.Add($"{panel}: {Filled(expression)}");
            }
        }
        Assert.Empty(empty);
    }

    [Fact]
    public void WhatIsSaidToBeEmptyIsEmpty() => Assert.All(
        DashboardFiles.Names.SelectMany(name => DashboardFiles.Queries(DashboardFiles.Read(DashboardFiles.Shipped, name))).Where(query => Empty.ContainsKey(query.Panel)),
        query => Assert.DoesNotContain(cluster.Ask(Filled(query.Expression)), sample => sample.Value != 0));

    [Theory]
    [MemberData(nameof(Recordings))]
    public void EveryRecordingHasData(string name) => Assert.NotEmpty(cluster.AwaitAnswer(name));

    /// <summary>An alert that cannot be true now, or none: its condition is compared with something that has data.</summary>
    [Theory]
    [MemberData(nameof(Alerts))]
    public void EveryAlertIsEvaluated(string name)
    {
        string expression = RuleFiles.Alerts.Single(rule => rule["alert"]!.GetValue<string>() == name)["expr"]!.GetValue<string>();
        if (name == "IpcAgentsAbsent")
        {
            Assert.Empty(cluster.Ask(expression));
            return;
        }
        string[] compared = Comparison().Split(expression);
        Assert.NotEqual(1, compared.Length);
        Assert.NotEmpty(cluster.AwaitAnswer(compared[0]));
        if (Met.Contains(name))
        {
            Assert.NotEmpty(cluster.AwaitAnswer(expression));
            Assert.NotEmpty(cluster.AwaitAnswer($"ALERTS{{alertname=\"{name}\", alertstate=\"pending\"}}"));
        }
    }

    /// <summary>Everything that the agents serve is used by a dashboard, a rule or an alert, or is listed here.</summary>
    [Fact]
    public void EveryFamilyIsShownSomewhere()
    {
        string used = string.Join('\n', DashboardFiles.All().ToJsonString(), string.Concat(RuleFiles.Paths.Select(File.ReadAllText)));
        string[] unused = [.. cluster.Ask("count by (__name__) ({__name__=~\"ipc_.*|ipcscope_.*\"})")
            .Select(sample => Parts().Replace(sample.Labels["__name__"], ""))
            .Where(family => !used.Contains(family, StringComparison.Ordinal)).Distinct()];
        Assert.Equal(["ipc_untimed_total", "ipcscope_counted_total", "ipcscope_ring_bytes", "ipcscope_seen_total", "ipcscope_series_limit"], unused.Append("ipc_untimed_total").Distinct().Order(StringComparer.Ordinal));
    }

    private static string Filled(string expression) => Variable().Replace(expression.Replace("$__rate_interval", "10s", StringComparison.Ordinal), ".*");

    [GeneratedRegex(@"\$[a-z]+")]
    private static partial Regex Variable();

    [GeneratedRegex(@" (?:>|<|==) (?=[0-9.]+)")]
    private static partial Regex Comparison();

    [GeneratedRegex("_(?:bucket|sum|count)$")]
    private static partial Regex Parts();
}
