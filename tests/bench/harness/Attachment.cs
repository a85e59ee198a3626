using System.Globalization;

namespace Bench;

/// <summary>A tracer at work. Ending it detaches it.</summary>
internal sealed class Attachment : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(300);

    // ipcscope trace looks first at what exists, by iterators, which cost calls nothing.
    private const int Looks = 2;

    private readonly Child? child;

    private Attachment(Child? child) => this.child = child;

    /// <summary>The tracer's process id; 0 for the control.</summary>
    public int Pid => child?.Id ?? 0;

    /// <summary>Why it did not start, in its own words; empty when it runs.</summary>
    public string Failure { get; private set; } = "";

    /// <summary>The file with what it wrote.</summary>
    public string Log => child?.Log ?? "";

    /// <summary>Starts a tracer and returns when it has really attached, or failed to.</summary>
    /// <param name="prefix">Command before the command line, as taskset.</param>
    public static Attachment Start(Settings settings, Tracer tracer, IReadOnlyList<int> pids, string prefix = "")
    {
        if (tracer.Sign == Sign.Nothing)
        {
            Thread.Sleep(Settled);
            return new(null);
        }

        var before = Neighbours.Programs(settings).Count;
        var child = Child.Leave($"{prefix} {tracer.CommandLine(string.Join(',', pids))}", settings.Path($"{tracer.Name}.log"));
        var attachment = new Attachment(child);
        var started = DateTime.UtcNow;
        var changed = started;
        for (var seen = 0; seen == 0 || DateTime.UtcNow - changed < Settled; Thread.Sleep(20))
        {
            var now = tracer.Sign switch
            {
                Sign.Programs => Neighbours.Programs(settings).Count - before,
                Sign.Links => Math.Max(0, Descriptors(child.Id, "anon_inode:bpf_link") - Looks),
                Sign.Ptrace => pids.All(IsTraced) ? 1 : 0,
                _ => Descriptors(child.Id, "anon_inode:[perf_event]"),
            };
            if (now != seen)
            {
                (seen, changed) = (now, DateTime.UtcNow);
            }

            if (child.HasExited || DateTime.UtcNow - started > Patience)
            {
                attachment.Failure = child.LastWords();
                break;
            }
        }

        return attachment;
    }

    /// <returns>A complaint, or empty.</returns>
    public string Stop() => child is null || child.Stop() ? "" : "did not end by SIGINT within 5 s";

    public void Dispose() => child?.Dispose();

    private static bool IsTraced(int pid) =>
        File.ReadLines($"/proc/{pid}/status").Any(line => line.StartsWith("TracerPid:", StringComparison.Ordinal)
            && int.Parse(line["TracerPid:".Length..], CultureInfo.InvariantCulture) != 0);

    private static int Descriptors(int pid, string target)
    {
        try
        {
            return Directory.GetFiles($"/proc/{pid}/fd").Count(fd => new FileInfo(fd).LinkTarget == target);
        }
        catch (IOException)
        {
            return 0; // between exec and exit
        }
    }
}
