using System.Text;
using Ipcscope.Cli;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Tests.Cli;

namespace Ipcscope.Tests.Hostile;

/// <summary>No name commands the terminal, hides, or breaks a line.</summary>
public sealed class TerminalTests
{
    private static readonly TextColumn[] Columns = [new("NAME", Minimum: 4, Elastic: true), new("COUNT", RightAligned: true, Rank: 2), new("PEER", Rank: 1)];

    [Fact]
    public void Of_tables() => Property.Holds(random =>
    {
        var table = new TextTable(Columns, Styles.None);
        table.Add(HostileText.Text(random), "1", HostileText.Text(random));
        table.Add(HostileText.Text(random), "22", HostileText.Text(random));
        int width = random.Next(8, 300);
        string[] lines = [.. table.Render(width)];
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line =>
        {
            Assert.True(HostileText.IsHarmless(line), line);
            Assert.True(DisplayText.Width(line) <= width, line);
        });
    });

    [Fact]
    public void Of_trace_lines() => Property.Holds(random =>
    {
        OperationRecord record = Operations.Send();
        record.Comm = Operations.Name(HostileText.Bytes(random, Comm.Length));
        Channel channel = Operations.Socket(HostileText.Text(random));
        channel.Name = HostileText.Text(random);
        record = random.Next(2) == 0 ? record : record.With(Mechanism.Futex, Operation.Wake);
        var format = new TraceTable(new WallClock(new FakeClock()), Styles.None, TraceLayout.For(random.Next(20, 300)), Ipcscope.Enrich.Places.OfIds);
        byte[] target = new byte[format.MaximumLength];
        string line = Encoding.UTF8.GetString(target, 0, format.Format(record, channel, channel.Peer, target));
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.True(HostileText.IsHarmless(line[..^1]), line);
    });

    [Fact]
    public void Of_error_lines_and_findings() => Property.Holds(random =>
    {
        string name = HostileText.Text(random);
        using var error = new StringWriter();
        new ErrorLine(error, Styles.None, verbose: false).Write($"cannot read {name}");
        string line = error.ToString();
        Assert.EndsWith(Environment.NewLine, line, StringComparison.Ordinal);
        Assert.True(HostileText.IsHarmless(line[..^1]), line);
        Assert.All(DoctorReport.Lines(Finding.Warn("tracers", name, name), 80, Styles.None), shown => Assert.True(HostileText.IsHarmless(shown), shown));
    });

    [Fact]
    public void Of_faults_of_the_configuration() => Property.Holds(random =>
    {
        string name = HostileText.Text(random);
        string fault = new ConfigFault(name, 1, 2, name, $"found {ConfigFault.Quote(name)}").ToString();
        Assert.True(HostileText.IsHarmless(fault), fault);
    });
}
