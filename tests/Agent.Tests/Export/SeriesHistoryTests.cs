using System.Text;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Export;

public class SeriesHistoryTests
{
    // With three mechanisms and three operations "other" has nine series at most: smaller limits cannot be kept.
    [Theory]
    [InlineData("", 9)]
    [InlineData("Process", 9)]
    [InlineData("Process", 12)]
    [InlineData("Process", 10_000)]
    [InlineData("Process,Pid", 9)]
    [InlineData("Process,Pid", 30)]
    [InlineData("Process,Pid", 10_000)]
    public void Nothing_shown_ever_goes_down_and_the_sums_are_the_truth(string names, int maxSeries)
    {
        MetricLabel[] labels = [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<MetricLabel>)];
        long folded = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            SeriesHistory history = new(seed, labels);
            SeriesTable table = new(new IdentityLabels(labels), maxSeries);
            Dictionary<string, ulong[]> before = [];
            ulong[] gone = new ulong[4];
            for (int step = 0; step < 150; step++)
            {
                history.Step();
                table.Update(history.Live);
                Dictionary<string, ulong[]> now = Read(table);
                Assert.True(now.Count <= maxSeries);
                foreach ((string series, ulong[] numbers) in before)
                {
                    if (now.TryGetValue(series, out ulong[]? later))
                    {
                        Assert.All(numbers.Zip(later), static pair => Assert.True(pair.Second >= pair.First));
                    }
                    else if (!history.LiveLabels.Contains(series))
                    {
                        gone = [.. gone.Zip(numbers, static (sum, number) => sum + number)];
                    }
                }
                ulong[] sums = [.. Enumerable.Range(0, 4).Select(i => gone[i] + now.Values.Aggregate(0UL, (sum, numbers) => sum + numbers[i]))];
                Assert.Equal([history.Truth.Operations, history.Truth.Bytes, history.Truth.Errors, history.Truth.Timed], sums);
                before = now;
            }
            folded += table.Folded;
        }
        Assert.Equal(maxSeries < 10_000 && names.Length > 0, folded > 0);
    }

    // Operations, bytes, errors and timed calls first: those that are summed.
    private static Dictionary<string, ulong[]> Read(SeriesTable table)
    {
        Dictionary<string, ulong[]> shown = [];
        foreach (MetricSeries series in table.Series)
        {
            List<ulong> numbers = [series.Total.Operations, series.Total.Bytes, 0, 0];
            foreach (ErrorCount error in series.Errors.Counts.ToArray().OrderBy(static error => error.Number))
            {
                numbers[2] += error.Count;
            }
            for (int i = 0; i < DurationBounds.Count; i++)
            {
                numbers[3] += series.Total.Duration(i);
                numbers.Add(numbers[3]);
            }
            shown.Add(Encoding.UTF8.GetString(series.Labels), [.. numbers]);
        }
        return shown;
    }
}
