using System.CommandLine;
using Ipcscope.Config;
using Ipcscope.Filters;
using Ipcscope.Findings;

namespace Ipcscope.Cli;

/// <summary><c>ipcscope check</c>: what is wrong.</summary>
internal static class CheckCommand
{
    private const string Any = "any";

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);

    private const string Notes = """
        It looks twice, and tells what both looks saw of the same calls. deadlock: processes wait for one another, and nobody else could end that. lost-owner: a lock is waited for
        whose owner has ended. back-pressure: a writer waits for room, and who does not make it. held-open: a reader waits for the end of a pipe that somebody keeps open who never
        wrote. cross-pod: processes of two pods, or of two containers, use one socket, pipe, queue or segment that is no network. Idle servers are no finding. FILTER and options choose by who waits or by who is why.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Build(Seams seams)
    {
        var filter = new FilterOptions("mechanism = pipe and process ~ \"^redis\"");
        Option<TimeSpan?> duration = OptionKinds.One("--duration", "-d", "TIME", "how long it watches (2s)", OptionKinds.Duration(Shortest));
        var failOn = new Option<IReadOnlyList<string>>("--fail-on")
        {
            Description = $"end with status {ExitStatus.Found} if it finds any, {string.Join(", ", CheckReport.Kinds)}",
            HelpName = "KIND,…",
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
            CustomParser = result =>
            {
                string[] words = [.. result.Tokens.SelectMany(token => token.Value.Split(',')).Select(word => word.Trim().Replace('-', '_'))];
                if (Array.Find(words, word => word != Any && !CheckReport.Kinds.Contains(word)) is { } unknown)
                {
                    result.AddError($"--fail-on: found {OptionKinds.Quote(unknown)}{NearestName.Suggest(unknown, CheckReport.Kinds)}; allowed: {Any}, {string.Join(", ", CheckReport.Kinds)}");
                }
                return words;
            },
        };
        Option<OutputFormat> format = FormatOption.Create();
        var command = new Command("check", "Finds what is wrong: deadlocks, lost locks, readers that do not drain, pipes held open by mistake.") { duration, failOn, format };
        filter.AddTo(command, live: true, inKernel: false);
        Help.AddTo(command, "check [OPTION…] [FILTER…]", [
            ("sudo ipcscope check", "everything, watched for two seconds"),
            ("sudo ipcscope check -c postgres -d 10s", "what PostgreSQL's processes wait for, or keep others waiting for"),
            ("sudo ipcscope check --fail-on deadlock,lost_owner -o json", "for a script: status 5 if there is one"),
        ], Notes);
        command.SetAction(parsed =>
        {
            FilterSelection selection = filter.ReadSelection(parsed);
            CapturePlan.RefuseMissing(selection.Pids);
            FilterExpression? typed = CapturePlan.Parse(filter.ReadFilter(parsed), FilterScopes.Flow, "the filter");
            using var names = CommandNames.Open(filter.ReadConfig(parsed), seams);
            var wanted = new CheckFilter(selection, typed, names.Seams.Places);
            return new CheckRun(wanted, parsed.GetValue(duration) ?? Usual, names.Seams).Run(
                parsed.GetValue(format), Kinds(parsed.GetValue(failOn) ?? []), Styles.For(parsed.GetValue(GlobalOptions.Color), seams.Out.Fd));
        });
        return command;
    }

    private static ProblemKind[] Kinds(IReadOnlyList<string> words) =>
        words.Contains(Any) ? Enum.GetValues<ProblemKind>() : [.. words.Select(word => (ProblemKind)Array.IndexOf(CheckReport.Kinds, word))];
}
