using System.Text;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Export;
using Ipcscope.Export.Otlp;
using Ipcscope.Flows;
using Ipcscope.Tests.Export.Otlp;
using Samples = Ipcscope.Tests.Export.Samples;

namespace Ipcscope.Tests.Hostile;

/// <summary>Whatever a process is called, a request is one that the official definitions read, and says its name.</summary>
public sealed class OtlpTests
{
    [Fact]
    public void Of_processes() => Property.Holds(random =>
    {
        Process process = new(new ProcessKey(1, 77, 0), HostileText.Text(random, Comm.Length), 0)
        {
            Executable = HostileText.Text(random, 1024),
            Where = new Cgroup($"/{HostileText.Text(random)}"),
        };
        MetricLabel[] labels = [MetricLabel.Process, MetricLabel.Executable, MetricLabel.Cgroup];
        SeriesTable table = new(new IdentityLabels(labels), 10);
        table.Update([Samples.Series(process, 3)]);
        OtlpRequest request = Assert.Single(new OtlpEncoder(new OtlpResources(labels, Places.OfIds), started: 1_000).Encode(table, now: 2_000));
        ProtoText resource = ProtoText.Decode(request.Message).One("resource_metrics").One("resource");
        Assert.Equal(process.Name, Attribute(resource, "process.executable.name"));
        Assert.Equal(process.Executable, Attribute(resource, "process.executable.path"));
    }, cases: 40);

    private static string Attribute(ProtoText resource, string key) =>
        Unescape(resource.All("attributes").Single(each => each.Value("key") == key).One("value").Values("string_value").Single()[1..^1]);

    // protoc writes what is not ASCII in octal, byte by byte.
    private static string Unescape(string text)
    {
        List<byte> bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i..(i + 1)]));
            }
            else if (char.IsDigit(text[i + 1]))
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 3), 8));
                i += 3;
            }
            else
            {
                bytes.Add((byte)(text[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', char other => other }));
            }
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
