using System.Text;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Flows;
using Ipcscope.Tests.Export;
using Samples = Ipcscope.Tests.Export.Samples;

namespace Ipcscope.Tests.Hostile;

/// <summary>A label keeps its name in quotes and its line a line; equal labels are one series.</summary>
public sealed class PrometheusTests
{
    [Fact]
    public void Of_processes() => Property.Holds(random =>
    {
        Process process = Samples.Process(HostileText.Text(random, Comm.Length), 77);
        process.Executable = HostileText.Text(random, 4096);
        ExpositionSample sample = Line(Encoding.UTF8.GetBytes(new IdentityLabels([MetricLabel.Process, MetricLabel.Pid, MetricLabel.Executable]).Of(process)));
        Assert.Equal(Shown(process.Name), sample.Labels["process"]);
        Assert.Equal("77", sample.Labels["pid"]);
        Assert.Equal(Shown(process.Executable), sample.Labels["executable"]);
    });

    [Fact]
    public void Of_queues() => Property.Holds(random =>
    {
        string name = HostileText.Text(random);
        Assert.Equal(Shown(name), Line(new ObjectSeries(Mechanism.Mq, name, 1, 1, 1, 1, 1, 1, null).Labels).Labels["object"]);
    });

    [Fact]
    public void Names_that_look_the_same_are_one_series() => Property.Holds(random =>
    {
        string one = HostileText.Text(random, Comm.Length);
        var table = new SeriesTable(new IdentityLabels([MetricLabel.Process]), 10);
        table.Update([Samples.Series(Samples.Process(one, 1), 1), Samples.Series(Samples.Process(Shown(one), 2), 1)]);
        Assert.Equal(2UL, Assert.Single(table.Series.ToArray()).Total.Operations);
    });

    private static ExpositionSample Line(byte[] labels)
    {
        using MemoryStream stream = new();
        using ExpositionWriter writer = new(stream.Write);
        writer.Write("# HELP a_total A.\n# TYPE a_total counter\n"u8);
        writer.Line("a_total{"u8, labels, "} "u8, 1);
        writer.Flush();
        string page = Encoding.UTF8.GetString(stream.ToArray());
        Assert.All(page.Split('\n'), line => Assert.True(HostileText.IsHarmless(line), line));
        return Assert.Single(Exposition.Parse(page).Samples);
    }

    // A line feed can be said.
    private static string Shown(string name) => string.Join('\n', name.Split('\n').Select(HostileText.Shown));
}
