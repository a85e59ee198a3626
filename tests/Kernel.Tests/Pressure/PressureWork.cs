using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Pressure;

/// <summary>Runs <c>ipcscope-pressure</c> under a name that no other test uses, and tells what was counted of it.</summary>
internal static class PressureWork
{
    /// <summary>The name of its processes.</summary>
    internal static readonly string Name = $"press-{Environment.ProcessId}";

    private static readonly string Link = MakeLink();

    /// <summary>The kernel leaves everything else out, so that what found no slot is of this work, too.</summary>
    internal static KernelFilter Filter { get; } = new() { Names = [Name], Mechanisms = [Mechanism.Pipe] };

    /// <summary>Does some work to its end.</summary>
    internal static void Do(string work, long count) => Binary.RunAny([Link, work, $"{count}"]).AssertStatus(0);

    /// <summary>Writes and reads that a stopped capture has counted, those that found no slot included.</summary>
    internal static (ulong Writes, ulong Reads) Counted(CaptureSession session)
    {
        SeriesSample[] own = Series(session);
        Assert.All(own, sample => Assert.Contains(sample.Process.Name, (string[])[Name, "other"]));
        return (Sum(own, Operation.Write), Sum(own, Operation.Read));
    }

    /// <summary>All that a stopped capture has counted.</summary>
    internal static SeriesSample[] Series(CaptureSession session)
    {
        SeriesSample[] series = [];
        int count = session.Flows.CopySeries(ref series);
        return series[..count];
    }

    /// <summary>Fails if a stage of a stopped capture lost something without a cause.</summary>
    /// <returns>The stages by name.</returns>
    internal static Dictionary<string, StageCount> AssertExplained(CaptureSession session)
    {
        StageCount[] stages = session.ReadStages();
        Assert.All(stages, stage => Assert.Equal(0, stage.Unexplained));
        return stages.ToDictionary(stage => stage.Stage);
    }

    /// <summary>How many were lost by a cause.</summary>
    internal static ulong Lost(CaptureSession session, LossCause cause) => session.ReadLosses().Single(loss => loss.Cause == cause.Name).Count;

    private static ulong Sum(SeriesSample[] series, Operation operation) =>
        series.Where(sample => sample.Operation == operation).Aggregate(0UL, (sum, sample) => sum + sample.Counters.Operations());

    private static string MakeLink()
    {
        string link = Path.Combine(Directory.CreateTempSubdirectory("ipcscope-pressure").FullName, Name);
        File.CreateSymbolicLink(link, Workload.FullPath("ipcscope-pressure"));
        return link;
    }
}
