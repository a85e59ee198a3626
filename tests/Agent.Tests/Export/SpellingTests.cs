using System.Globalization;
using System.Text;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Export;

public class SpellingTests
{
    [Theory]
    [InlineData("nginx: worker", "process=\"nginx: worker\"")]
    [InlineData("a\"b\\c\nd", "process=\"a\\\"b\\\\c\\nd\"")]
    [InlineData("", "process=\"\"")]
    [InlineData("naïve→", "process=\"naïve→\"")]
    public void A_name_is_escaped_and_made_valid(string name, string expected) =>
        Assert.Equal(expected, new IdentityLabels([MetricLabel.Process]).Of(Samples.Process(name, 1)));

    [Fact]
    public void Labels_come_in_the_order_that_was_asked_for_and_once()
    {
        Process process = Samples.Process("sh", 77);
        process.Executable = "/bin/dash";
        IdentityLabels labels = new([MetricLabel.Pid, MetricLabel.Executable, MetricLabel.Process, MetricLabel.Pid]);
        Assert.Equal("pid=\"77\",executable=\"/bin/dash\",process=\"sh\"", labels.Of(process));
        Assert.Equal("pid=\"other\",executable=\"other\",process=\"other\"", labels.Other);
    }

    [Fact]
    public void What_UTF8_cannot_say_is_replaced() =>
        Assert.Equal("process=\"cut\ufffd\"", new IdentityLabels([MetricLabel.Process]).Of(Samples.Process("cut\ud83d", 1)));

    [Fact]
    public void Two_names_that_become_the_same_text_are_one_series()
    {
        SeriesTable table = new(new IdentityLabels([MetricLabel.Process]), 10);
        table.Update([Samples.Series(Samples.Process("x\ud83d", 1), 1), Samples.Series(Samples.Process("x\ufffd", 2), 1)]);
        Assert.Equal(2UL, Assert.Single(table.Series.ToArray()).Total.Operations);
    }

    [Theory]
    [InlineData(0, "other")]
    [InlineData(32, "EPIPE")]
    [InlineData(524, "524")]
    public void Errors_have_their_names(int number, string name) =>
        Assert.Equal($",error=\"{name}\"}} ", Encoding.ASCII.GetString(ErrorLabels.Of(number)));

    [Fact]
    public void Bounds_are_the_ends_of_the_contracts_buckets()
    {
        string[] spelled = [.. DurationBounds.Suffixes.Select(static suffix => Encoding.ASCII.GetString(suffix))];
        Assert.Equal(",le=\"+Inf\"} ", spelled[^1]);
        double[] bounds = [.. spelled[..^1].Select(static suffix => double.Parse(suffix.Split('"')[1], CultureInfo.InvariantCulture))];
        Assert.Equal(Enumerable.Range(-20, 27).Select(static exponent => Math.Pow(2, exponent)), bounds);
        Assert.Equal(64.0, bounds[^1]);
        Assert.Equal(Math.Pow(2, DurationBuckets.Count - 2 - DurationBuckets.Shift), bounds[^1]);
        Assert.All(spelled[..^1], static suffix => Assert.Matches("^,le=\"[0-9]+\\.[0-9]+(e-[0-9]{2})?\"} $", suffix));
    }

    [Theory]
    [InlineData(0UL, "0")]
    [InlineData(1UL, "0.000000001")]
    [InlineData(1_500_000_000UL, "1.5")]
    [InlineData(2_000_000_000UL, "2")]
    [InlineData(ulong.MaxValue, "18446744073.709551615")]
    public void Nanoseconds_become_exact_seconds(ulong nanoseconds, string seconds)
    {
        using MemoryStream stream = new();
        using ExpositionWriter writer = new(stream.Write);
        writer.Seconds("a{"u8, "b=\"c\""u8, "} "u8, nanoseconds);
        writer.Flush();
        Assert.Equal($"a{{b=\"c\"}} {seconds}\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Lines_of_any_length_pass_the_writers_buffer_whole()
    {
        using MemoryStream stream = new();
        using ExpositionWriter writer = new(stream.Write);
        StringBuilder expected = new();
        for (int length = 1; length < 300_000; length = (length * 3) + 1)
        {
            string labels = new('x', length);
            writer.Line("n{"u8, Encoding.ASCII.GetBytes(labels), "} "u8, ulong.MaxValue);
            expected.Append("n{").Append(labels).Append("} 18446744073709551615\n");
        }
        writer.Flush();
        Assert.Equal(expected.ToString(), Encoding.UTF8.GetString(stream.ToArray()));
    }
}
