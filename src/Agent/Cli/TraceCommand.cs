using System.CommandLine;
using System.Text;
using Ipcscope.Filters;

namespace Ipcscope.Cli;

/// <summary><c>ipcscope trace</c>: one line an operation, as it happens.</summary>
internal static class TraceCommand
{
    /// <summary>What is typed.</summary>
    public const string Name = "trace";

    private const string Notes = """
        With a COMMAND, its operations and those of its children are traced; lines go to standard error, or to FILE, because
        standard output is the command's own. Signals are passed on to it, Ctrl-C twice ends at once, and the exit status is
        the command's own (128 + the number of the signal that killed it; 127: not found, 126: not executable).
        If -d or -n end the trace before, the command runs on to its end.
        On a terminal names are cut to the width; -o wide cuts nothing.
        """;

    /// <summary>Makes the command.</summary>
    /// <param name="seams">The rest of the agent.</param>
    /// <param name="traced">What stood behind <c>--</c>.</param>
    public static Command Build(Seams seams, string[]? traced)
    {
        var filter = new FilterOptions("duration > 5ms and process ~ \"^redis\"");
        var pace = new PaceOptions("operations");
        Option<OutputFormat> format = FormatOption.Create();
        var file = new Option<string?>("--write", "-w") { Description = "write the lines to FILE", HelpName = "FILE" };
        var command = new Command(Name, "Prints one line an operation, as it happens.");
        filter.AddTo(command, live: true);
        pace.AddTo(command, interval: false);
        command.Add(format);
        command.Add(file);
        Help.AddTo(command, "trace [OPTION…] [FILTER…] [-- COMMAND…]", [
            ("sudo ipcscope trace -p 4312 -f 'duration > 5ms'", "the slow operations of a process and its children"),
            ("sudo ipcscope trace -- git clone -q . /tmp/copy", "every operation of a command and its children"),
            ("sudo ipcscope trace -m unix -n 1000 -o json | jq -r .peer | sort | uniq -c", "whom 1,000 operations went to"),
        ], Notes);
        command.SetAction(parsed =>
        {
            FilterSelection selection = filter.ReadSelection(parsed);
            // A command is watched with its children, beside processes that are named.
            FilterSelection watched = traced is null ? selection : selection with { OnlyWatched = true, FollowChildren = true };
            CapturePlan plan = CapturePlan.Make(watched, filter.ReadFilter(parsed), FilterScopes.Operation, filter.ReadConfig(parsed));
            if (filter.WantsExplanation(parsed))
            {
                seams.Out.WriteLines(plan.Filter.Explanation);
                return ExitStatus.Success;
            }
            using var names = CommandNames.Open(filter.ReadConfig(parsed), seams);
            return new TraceRun(
                new TraceRequest(plan, selection.Pids, pace.Read(parsed), parsed.GetValue(format), parsed.GetValue(GlobalOptions.Color), parsed.GetValue(file), Bytes(traced)),
                names.Seams).Run();
        });
        return command;
    }

    // The bytes as they were given: what came through strings would have lost what is not UTF-8.
    private static IReadOnlyList<byte[]>? Bytes(string[]? traced)
    {
        if (traced is null)
        {
            return null;
        }
        if (traced.Length == 0)
        {
            throw new CommandException(ExitStatus.Usage, $"a command is missing behind -- (see ipcscope {Name} --help)");
        }
        List<byte[]> given = NativeStrings.ReadFile("/proc/self/cmdline");
        int start = given.FindIndex(argument => argument.AsSpan().SequenceEqual("--"u8)) + 1;
        return start > 0 && given.Count - start == traced.Length ? given[start..] : [.. traced.Select(Encoding.UTF8.GetBytes)];
    }
}
