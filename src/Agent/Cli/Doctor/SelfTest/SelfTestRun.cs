using System.Security.Cryptography;
using Ipcscope.Capture;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary><c>doctor --self-test</c>: does a known number of operations, and asks whether all of them were counted.</summary>
/// <param name="options">The settings of the agent, as far as they are known: what it observes.</param>
/// <param name="agent">Where it serves.</param>
/// <param name="seams">The rest of the agent.</param>
internal sealed class SelfTestRun(AgentOptions options, AgentPort agent, Seams seams)
{
    private const int Rounds = 10_000;

    /// <summary>How long counters may need to be shown: an interval of the ring, and a scrape.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Works, compares, and tells.</summary>
    /// <param name="json">Objects instead of a table.</param>
    /// <param name="styles">Colours.</param>
    /// <returns>The exit status.</returns>
    public int Run(bool json, Styles styles)
    {
        (Mechanism Mechanism, Operation Put, Operation Take)[] work = [.. SelfTestProcess.All.Where(each => options.Mechanisms.Contains(each.Mechanism))];
        if (work.Length == 0)
        {
            throw new CommandException(ExitStatus.Usage, $"none of the mechanisms of the self-test is switched on: {string.Join(", ", SelfTestProcess.All.Select(each => Words.Mechanisms[(int)each.Mechanism]))}");
        }
        using ISelfTestWitness witness = FindWitness();
        Dictionary<string, ulong> before = witness.ReadLosses().ToDictionary(loss => loss.Cause, loss => loss.Count);
        (string name, int pid) = Work(work.Select(each => each.Mechanism));
        SelfTestLine[] lines = Compare(witness, name, pid, work);
        seams.Out.WriteLines(json ? lines.Select(SelfTestReport.Object) : SelfTestReport.Lines(lines, seams.Out.Size.Columns, styles));
        LossCount[] meanwhile = [.. witness.ReadLosses().Select(loss => loss with { Count = loss.Count - Math.Min(loss.Count, before.GetValueOrDefault(loss.Cause)) })];
        bool equal = lines.All(line => line.IsEqual);
        ulong made = Sum(lines, line => line.Made), counted = Sum(lines, line => line.Counted);
        seams.Error.WriteLine($"{Units.Count(made)} operations made, {Units.Count(counted)} counted by {witness.Name}; on the machine meanwhile {new Losses(meanwhile).Describe()}");
        if (counted < made && meanwhile.Any(loss => loss.Cause == LossCause.FlowTableFull.Name && loss.Count >= made - counted))
        {
            seams.Error.WriteLine("ipcscope: what is missing may be in the process \"other\", among what else found no slot: the table of flows is full; try again with a larger aggregation.maxFlows, or a filter");
        }
        else if (counted == 0)
        {
            seams.Error.WriteLine("ipcscope: nothing was counted: does the agent's filter leave it out, or metrics.labels lack both process and pid? (see --config)");
        }
        return equal ? ExitStatus.Success : ExitStatus.Failed;
    }

    // A process is named by the link that it was started through: nobody else has this name, in whatever pid namespace the agent is.
    private (string Name, int Pid) Work(IEnumerable<Mechanism> mechanisms)
    {
        string name = $"selftest-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ipcscope");
        try
        {
            string link = Path.Combine(folder.FullName, name);
            File.CreateSymbolicLink(link, seams.Self);
            int pid = SelfProcess.Start(link, SelfTestProcess.Arguments(Rounds, mechanisms));
            int status = SelfProcess.Decode(SelfProcess.Wait(pid, 0));
            return status == 0
                ? (name, pid)
                : throw new CommandException(ExitStatus.Failed, $"the work of the self-test ended with status {status}: nothing can be said of what was counted");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private ISelfTestWitness FindWitness()
    {
        try
        {
            if (new LedgerLook(agent.Fetch()).IsThere)
            {
                return new AgentWitness(agent);
            }
        }
        catch (HttpRequestException)
        {
            // Nobody serves there.
        }
        return new CaptureWitness(Progress.Show(seams.Error, "loading the eBPF programs", () => seams.StartCapture(new CaptureOptions())));
    }

    // Until all is shown, or as long as it may take.
    private SelfTestLine[] Compare(ISelfTestWitness witness, string name, int pid, IEnumerable<(Mechanism Mechanism, Operation Put, Operation Take)> work)
    {
        long started = seams.Time.GetTimestamp();
        while (true)
        {
            IReadOnlyDictionary<(Mechanism, Operation), ulong> counts = witness.Count(name, pid);
            SelfTestLine[] lines =
            [
                .. work.SelectMany(each => new[] { each.Put, each.Take }.Select(operation =>
                    new SelfTestLine(each.Mechanism, operation, Rounds, counts.GetValueOrDefault((each.Mechanism, operation))))),
            ];
            if (lines.All(line => line.IsEqual) || seams.Time.GetElapsedTime(started) > Patience)
            {
                return lines;
            }
            Thread.Sleep(Glance);
        }
    }

    private static ulong Sum(IEnumerable<SelfTestLine> lines, Func<SelfTestLine, ulong> figure) => lines.Aggregate(0UL, (sum, line) => sum + figure(line));
}
