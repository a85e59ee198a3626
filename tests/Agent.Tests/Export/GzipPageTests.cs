using System.Buffers;
using System.IO.Compression;
using System.Text;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Export.Gzip;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Export;

public sealed class GzipPageTests
{
    private readonly ArrayBufferWriter<byte> _target = new();

    // Lines alike and different, every byte, nothing, and more than a match or the window holds.
    public static TheoryData<string> Texts => [
        "", "a", "abcabcabcabcabcabcabc", new('x', 100_000), string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $"ipc_operations_total{{process=\"p{i}\"}} {i * 7919}")),
        Noise(70_000, 256), Noise(70_000, 2), Noise(33_000, 256) + Noise(33_000, 256),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_page_is_the_text_that_was_added(string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        var page = new GzipPage(_target);
        page.Add(bytes);
        KeptText kept = page.Keep(bytes);
        page.Add("between"u8);
        page.Add(kept);
        page.End();
        Assert.Equal(text + text + "between" + text, Read());
    }

    [Fact]
    public void Every_length_and_distance_of_a_match_is_read_again()
    {
        var page = new GzipPage(_target);
        var all = new StringBuilder();
        for (int n = 4; n <= 300; n++)
        {
            string text = Noise(n, 200, seed: n) + Noise(n * n % 32_768, 200, seed: -n) + Noise(n, 200, seed: n);
            page.Add(Encoding.Latin1.GetBytes(text));
            all.Append(text);
        }
        page.End();
        Assert.Equal(all.ToString(), Read());
    }

    [Fact]
    public void Lines_alike_take_a_twentieth()
    {
        string text = string.Concat(Enumerable.Range(0, 28).Select(i => $"ipc_operation_duration_seconds_bucket{{process=\"postgres\",mechanism=\"unix\",operation=\"receive\",le=\"{1 << i}.0\"}} 0\n"));
        var page = new GzipPage(_target);
        int bits = page.Keep(Encoding.ASCII.GetBytes(text)).Bits;
        Assert.InRange(bits / 8, 1, text.Length / 10);
    }

    [Fact]
    public void What_has_not_changed_is_on_the_next_page_as_it_was_and_what_has_is_not()
    {
        SeriesTable table = new(new IdentityLabels([MetricLabel.Process]), 100);
        SeriesSample still = Samples.Series(Samples.Process("still", 1), 5, operation: Operation.Read), busy = Samples.Series(Samples.Process("busy", 2), 1);
        still.Counters.Delivery[15] = 3;
        table.Update([still, busy]);
        string first = Page(table);
        SeriesBlock block = table.Blocks[0];
        (still.IsUnchanged, busy.Counters.Duration[20]) = (true, 4);
        table.Update([still, busy]);
        string second = Page(table);
        (busy.IsUnchanged, busy.Counters.Duration[20]) = (true, 5); // a lie, to see whether it is believed
        table.Update([still, busy]);
        Assert.Equal(second, Page(table));
        Assert.Same(block, table.Blocks[0]);
        Assert.Equal(Plain(table), second);
        Assert.NotEqual(first, second);
        Assert.Equal(first.Split('\n').Where(line => line.Contains("still", StringComparison.Ordinal)), second.Split('\n').Where(line => line.Contains("still", StringComparison.Ordinal)));
    }

    private static string Noise(int length, int letters, int seed = 7)
    {
        var random = new Random(seed);
        return string.Create(length, (random, letters), static (text, noise) =>
        {
            foreach (ref char letter in text)
            {
                letter = (char)noise.random.Next(noise.letters);
            }
        });
    }

    private static string Plain(SeriesTable table)
    {
        using MemoryStream stream = new();
        using ExpositionWriter writer = new(stream.Write);
        IpcFamilies.Write(writer, table, new int[Words.Mechanisms.Length], openMetrics: false);
        writer.Flush();
        return Encoding.Latin1.GetString(stream.ToArray());
    }

    private string Page(SeriesTable table)
    {
        _target.Clear();
        var page = new GzipPage(_target);
        using ExpositionWriter writer = new(page);
        IpcFamilies.Write(writer, table, new int[Words.Mechanisms.Length], openMetrics: false);
        writer.Flush();
        page.End();
        return Read();
    }

    private string Read()
    {
        using var packed = new MemoryStream(_target.WrittenSpan.ToArray());
        using var plain = new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(plain, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
