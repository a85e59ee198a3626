using System.CommandLine;
using Ipcscope.Capture;
using Ipcscope.Cli.Bench;
using Ipcscope.Config;

namespace Ipcscope.Cli;

/// <summary><c>ipcscope bench</c>: what each mechanism gives on this machine, and what the agent costs it.</summary>
internal static class BenchCommand
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private const string Notes = """
        Two processes exchange messages. One-way: from just before a message is sent until just after it was taken; round trip: there and back; both
        of 64 B, the median and the 99th percentile. Throughput: messages of 64 B, 4 KiB, 64 KiB and 1 MiB, one way. All figures are medians of rounds that
        alternate without and with the agent. Without root there is no second half. docs/bench.md says how it measures, and what not to conclude.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Build(Seams seams)
    {
        Option<IReadOnlyList<BenchMechanism>> mechanisms = OptionKinds.List<BenchMechanism>(
            "--mechanism", "-m", "NAME,…", "only these, see below", ReadMechanism);
        Option<TimeSpan?> duration = OptionKinds.One("--duration", "-d", "TIME", "take about this time, such as 3m", OptionKinds.Duration(Shortest));
        Option<bool> quick = OptionKinds.Switch("--quick", [], "2 short rounds instead of 5: rougher figures in a fifth of the time");
        Option<bool> noAgent = OptionKinds.Switch("--no-agent", [], "measure without the agent only, which needs no root");
        Option<BenchPlacement> placement = OptionKinds.Choice<BenchPlacement>("--placement", [], "the two processes on two processors, or on one");
        var save = new Option<string?>("--save") { Description = "write the run to FILE, too", HelpName = "FILE" };
        var compare = new Option<string?>("--compare") { Description = "divide each figure by that of the run in FILE", HelpName = "FILE" };
        Option<OutputFormat> format = FormatOption.Create();
        var command = new Command("bench", "Measures latency and throughput of every mechanism on this machine, without and with the agent.")
            { mechanisms, duration, quick, noAgent, placement, save, compare, format };
        Help.AddTo(command, "bench [OPTION…]", [
            ("sudo ipcscope bench", "every mechanism, in about a minute and a half"),
            ("ipcscope bench --no-agent -m pipe,unix_stream,shm -o json | jq '[.mechanism, .round_trip_p50_seconds]'", "which one is fast enough? without root"),
            ("sudo ipcscope bench --quick --save new.json --compare old.json", "the same machine before and after a change"),
        ], $"{Notes} Mechanisms: {string.Join(", ", BenchMechanisms.Names)}.");
        command.SetAction(parsed =>
        {
            BenchFile? earlier = parsed.GetValue(compare) is { } file ? BenchFile.Load(file) : null;
            IReadOnlyList<BenchMechanism> chosen = parsed.GetValue(mechanisms) is { Count: > 0 } some ? [.. some.Distinct()] : BenchMechanisms.All;
            using var signals = new StopSignals();
            bool withAgent = !parsed.GetValue(noAgent) && CanAttach(seams);
            var plan = BenchPlan.Make(chosen, parsed.GetValue(quick), parsed.GetValue(duration), withAgent ? 2 : 1, parsed.GetValue(placement), BenchProcessors.IsRealTimePermitted());
            var request = new BenchRequest(plan, withAgent, earlier, parsed.GetValue(save), parsed.GetValue(format), parsed.GetValue(GlobalOptions.Color));
            return request.CarryOut(seams, signals);
        });
        return command;
    }

    // Said before the first half, not after it.
    private static bool CanAttach(Seams seams)
    {
        try
        {
            using ICapture capture = seams.Capture(new CaptureOptions());
            return true;
        }
        catch (CaptureException refusal)
        {
            seams.Error.WriteLine($"ipcscope: measuring without the agent only: {refusal.Message}");
            return false;
        }
    }

    private static string? ReadMechanism(string text, out BenchMechanism mechanism)
    {
        int index = Array.IndexOf(BenchMechanisms.Names, text);
        mechanism = BenchMechanisms.All[Math.Max(0, index)];
        return index >= 0 ? null
            : $"found {OptionKinds.Quote(text)}{NearestName.Suggest(text, BenchMechanisms.Names)}; allowed: {string.Join(", ", BenchMechanisms.Names)}";
    }
}
