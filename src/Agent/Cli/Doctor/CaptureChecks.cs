using Ipcscope.Capture;
using Ipcscope.Objects;

namespace Ipcscope.Cli;

/// <summary>The checks that do it for real: every program is loaded, attached and detached.</summary>
/// <param name="attachment">Where system calls are to be seen.</param>
/// <param name="seams">The rest of the agent.</param>
internal sealed class CaptureChecks(Attachment attachment, Seams seams)
{
    private const string Losing = "nothing can be observed";

    /// <summary>All of them.</summary>
    public IReadOnlyList<Func<Finding>> All => [Counting, Events, Descriptors, Objects];

    private Finding Counting() => Try("counting", new CaptureOptions { Attachment = attachment });

    private Finding Events() => Try("events", new CaptureOptions { Attachment = attachment, OnOperation = (in _) => { } });

    private Finding Try(string name, CaptureOptions options)
    {
        try
        {
            using ICapture capture = seams.StartCapture(options);
            TimeSpan start = capture.StartTime;
            ProgramStatistics[] programs = capture.ReadPrograms();
            long ring = capture.RingBytes;
            capture.Stop();
            string detail = $"{programs.Count(static program => program.Attached)} programs attached in {Units.Duration(start)}, "
                + $"detached in {Units.Duration(capture.DetachTime)}; ring of {Units.Size((ulong)ring)}";
            return capture.Missing.Count == 0 ? Finding.Ok(name, detail) : Refused(name, detail, capture.Missing, "all else is counted as elsewhere");
        }
        catch (CaptureException fault)
        {
            return Finding.Fail(name, fault.ExitStatus, fault.Message, Losing);
        }
    }

    private static Finding Refused(string name, string detail, IReadOnlyList<MissingPart> missing, string rest) => Finding.Warn(
        name, $"{detail}; this kernel refuses {string.Join(" and ", missing.Select(static part => $"{part.Name} ({part.Why})"))}",
        $"{string.Join("; ", missing.Select(static part => part.Without))}; {rest}");

    private Finding Descriptors()
    {
        const string Name = "descriptors";
        try
        {
            long start = seams.Time.GetTimestamp();
            IReadOnlyList<Descriptor> all = seams.ReadSnapshot();
            return Finding.Ok(
                Name, $"{Units.Count((ulong)all.Count)} descriptors of {Units.Count((ulong)all.Select(d => d.Key).Distinct().Count())} channels read in {Units.Duration(seams.Time.GetElapsedTime(start))}");
        }
        catch (CaptureException fault)
        {
            return Finding.Fail(Name, fault.ExitStatus, fault.Message, "ipcscope ls shows nothing");
        }
    }

    private Finding Objects()
    {
        const string Name = "objects";
        try
        {
            using IObjectSource source = seams.OpenObjects();
            long start = seams.Time.GetTimestamp();
            string detail = $"{Units.Count((ulong)source.Read().Count)} objects read in {Units.Duration(seams.Time.GetElapsedTime(start))}";
            return source.Missing.Count == 0 ? Finding.Ok(Name, detail) : Refused(Name, detail, source.Missing, "all else is listed");
        }
        catch (CaptureException fault)
        {
            return Finding.Warn(Name, fault.Message, "ipcscope ls objects shows nothing, and /metrics has no queues, shared memory and orphans");
        }
    }
}
