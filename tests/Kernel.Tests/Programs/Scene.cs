using System.Diagnostics;
using System.Text.RegularExpressions;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.KernelTests.Programs.Strace;

namespace Ipcscope.KernelTests.Programs;

/// <summary>Programs at work in a folder of their own, and what both captures saw of them.</summary>
internal sealed partial class Scene(ProgramCaptures captures) : IDisposable
{
    private const int MostRuns = 10; // of strace, which gives up in one of five with the worst stressor

    // Start times are of CLOCK_BOOTTIME, which is CLOCK_MONOTONIC on a machine that never slept.
    private readonly ulong _since = (ulong)Stopwatch.GetTimestamp();
    private readonly LossCount[] _before = captures.Events.ReadLosses();
    private readonly List<Server> _servers = [];

    internal string Folder { get; } = Directory.CreateTempSubdirectory("ipcscope-programs").FullName;

    internal string File(string name) => Path.Combine(Folder, name);

    /// <summary>Runs a program to its end, which must be a good one, and gives what it printed.</summary>
    internal string Run(params string[] command) => Command.Run(Folder, command);

    /// <summary>
    /// Runs strace as <see cref="Run"/> does, and again if it gave up: when a process in a group-stop is killed before strace lets it
    /// wait on (PTRACE_LISTEN), it is in another stop, of its exit, for which the kernel answers EIO, and strace ends there and then,
    /// its log in the middle. The log is then written anew, by other processes; those of before are in no comparison.
    /// </summary>
    internal void Trace(params string[] command)
    {
        for (int run = 1; ; run++)
        {
            (int code, _, string errors) = Command.End(Folder, command);
            if (code == 1 && run < MostRuns && GaveUp().IsMatch(errors))
            {
                continue;
            }
            Assert.True(code == 0, $"{string.Join(' ', command)} ended with {code} in run {run}: {errors}");
            return;
        }
    }

    /// <summary>Starts a server. It is stopped before anything is read.</summary>
    internal void Serve(Server server)
    {
        _servers.Add(server);
        server.AwaitReady();
    }

    /// <summary>
    /// Stops the servers and tells what each path saw of all processes that were started in this scene. Both must agree:
    /// all of the processes have ended, so nothing changes between the two readings.
    /// </summary>
    internal IReadOnlyList<Sight> Look()
    {
        StopServers();
        SeriesSample[] events = Read(captures.Events);
        HashSet<(ulong, uint)> ours = [.. events.Select(sample => Who(sample))];
        Sight counted = Describe("counting path", Read(captures.Counting).Where(sample => ours.Contains(Who(sample))));
        Sight told = Describe("event path", events);
        Difference.AssertNone(counted.Path, counted.Entries, told.Path, told.Entries, entry => $"{entry.Name} {entry.ByProcess}");
        return [counted, told];
    }

    /// <summary>What the event path saw, channel by channel.</summary>
    internal Entry[] Channels()
    {
        StopServers();
        captures.Events.Drain();
        return captures.Journal.Read(_since);
    }

    /// <summary>
    /// Stops the servers and compares all processes that strace followed with what it saw of them: their counts on both paths, and
    /// channel by channel on the event path.
    /// </summary>
    internal StraceLog AssertAsStraceSaw(string path)
    {
        StopServers();
        StraceLog log = StraceLog.Read(path);
        log.AssertComplete();
        Sight counted = Describe("counting path", Read(captures.Counting)), told = Describe("event path", Read(captures.Events));
        string differences = string.Concat(
            Compare(log.Entries, counted.Path, counted.Entries, entry => entry.ByProcess),
            Compare(log.Entries, told.Path, told.Entries, entry => entry.ByProcess),
            Compare(log.Entries.Where(entry => entry.TellsChannel), "event path by channel", Channels().Where(entry => entry.TellsChannel),
                entry => entry.ByChannel));
        Assert.True(differences.Length == 0, differences);
        return log;

        string Compare(IEnumerable<Entry> traced, string path, IEnumerable<Entry> seen, Func<Entry, string> line) =>
            Difference.Between("strace", traced, path, seen.Where(IsTraced), line);

        // Before it executes the program, a process of strace's stops itself, untraced.
        bool IsTraced(Entry entry) => log.Pids.Contains(entry.Pid) && entry.Name != "strace";
    }

    public void Dispose()
    {
        try
        {
            StopServers();
        }
        finally
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    [GeneratedRegex(@"^strace: ptrace\(PTRACE_LISTEN,pid:\d+,sig:0\): Input/output error$", RegexOptions.Multiline)]
    private static partial Regex GaveUp();

    private static (ulong, uint) Who(in SeriesSample sample) => (sample.Process.Key.StartTime, sample.Process.Key.Pid);

    private SeriesSample[] Read(CaptureSession session)
    {
        session.Drain();
        SeriesSample[] buffer = [];
        int count = session.Flows.CopySeries(ref buffer);
        return [.. buffer.Take(count).Where(sample => sample.Process.Key.StartTime >= _since)];
    }

    private Sight Describe(string path, IEnumerable<SeriesSample> samples)
    {
        IEnumerable<string> losses = captures.Events.ReadLosses().Zip(_before)
            .Where(pair => pair.First.Count != pair.Second.Count)
            .Select(pair => $" {pair.First.Cause}={pair.First.Count - pair.Second.Count}");
        return new Sight($"{path} (events lost:{string.Concat(losses.DefaultIfEmpty(" none"))})", [.. samples.Select(Describe)]);
    }

    private static Entry Describe(SeriesSample sample)
    {
        IEnumerable<(string, ulong)> errors = sample.Errors.Select(error => (Errno.Name(error.Number), error.Count));
        return new Entry(sample.Process.Key.Pid, sample.Process.Name, sample.Mechanism, 0, sample.Operation, Tally.Of(
            sample.Counters.Operations(), sample.Counters.Bytes, sample.Counters.WouldBlock,
            errors.Append((Tally.Interrupted, sample.Counters.Interrupted))));
    }

    private void StopServers()
    {
        foreach (Server server in _servers.ToArray())
        {
            _servers.Remove(server);
            server.Dispose();
        }
    }
}
