using System.CommandLine;
using Ipcscope.Config;

namespace Ipcscope.Cli;

/// <summary>What users type.</summary>
internal static class CommandLine
{
    private const string Summary =
        "Tells for every process on this machine with whom it talks and by which mechanism, how much, and how long each operation takes.";

    /// <summary>Carries out one command line.</summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="seams">The rest of the agent.</param>
    /// <returns>The status to end with.</returns>
    public static int Run(string[] arguments, Seams seams)
    {
        (string[] own, string[]? traced) = Split(arguments);
        ParseResult parsed = Build(seams, traced).Parse(own, new ParserConfiguration { ResponseFileTokenReplacer = null });
        bool verbose = parsed.GetValue(GlobalOptions.Verbose);
        var error = new ErrorLine(seams.Error, Styles.For(parsed.Errors.Count > 0 ? ColorMode.Auto : parsed.GetValue(GlobalOptions.Color), Output.StandardError), verbose);
        AppDomain.CurrentDomain.UnhandledException += (_, crash) => LibC._exit(error.Report((Exception)crash.ExceptionObject));
        try
        {
            if (parsed.Errors.Count > 0 && parsed.Action is not Help)
            {
                throw Explain(parsed);
            }
            if (traced is not null && parsed.CommandResult.Command.Name != TraceCommand.Name && parsed.Action is not Help)
            {
                throw new CommandException(ExitStatus.Usage, $"only trace takes a command behind -- (see ipcscope {TraceCommand.Name} --help)");
            }
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return error.Report(exception);
        }
    }

    /// <summary>The commands.</summary>
    /// <param name="seams">The rest of the agent.</param>
    /// <param name="traced">What stood behind <c>--</c>.</param>
    internal static Command Build(Seams seams, string[]? traced)
    {
        var root = new Command("ipcscope", Summary) { GlobalOptions.Verbose, GlobalOptions.Color };
        Help.AddTo(root, "COMMAND [OPTION…]", [
            ("sudo ipcscope top", "who moves how much, live"),
            ("sudo ipcscope trace -- git status", "every operation of a command and its children"),
            ("sudo ipcscope doctor", "can it run here, and what is missing"),
        ], "Exit status: 0 well, 1 failed while running, 2 wrong usage, 3 this kernel lacks what is needed, 4 not permitted, 5 check found what --fail-on names.");
        root.Add(RunCommand.Build(seams));
        root.Add(TraceCommand.Build(seams, traced));
        root.Add(TopCommand.Build(seams));
        root.Add(LsCommand.Build(seams));
        root.Add(GraphCommand.Build(seams));
        root.Add(CheckCommand.Build(seams));
        root.Add(DoctorCommand.Build(seams));
        root.Add(BenchCommand.Build(seams));
        root.Add(FieldsCommand.Build(seams));
        root.Add(CompletionCommand.Build(seams));
        root.Add(VersionCommand.Build(seams));
        return root;
    }

    // Everything behind the first "--" is a command to run, and none of the parser's business.
    private static (string[] Own, string[]? Traced) Split(string[] arguments)
    {
        int end = Array.IndexOf(arguments, "--");
        return end < 0 ? (arguments, null) : (arguments[..end], arguments[(end + 1)..]);
    }

    private static CommandException Explain(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string name = command.Parents.Any() ? $"ipcscope {command.Name}" : "ipcscope";
        string message = parsed.UnmatchedTokens is [var word, ..] ? Unknown(command, word)
            : parsed.Errors[0].Message.StartsWith("Required command", StringComparison.Ordinal) ? "a command is missing"
            : parsed.Errors[0].Message.TrimEnd('.');
        return new CommandException(ExitStatus.Usage, $"{message} (see {name} --help)");
    }

    private static string Unknown(Command command, string word)
    {
        string quoted = OptionKinds.Quote(word);
        if (word.StartsWith('-'))
        {
            IEnumerable<string> options = command.Options.Select(option => option.Name);
            return $"there is no option {quoted}{NearestName.Suggest(word, options)}";
        }
        return command.Subcommands.Count > 0
            ? $"there is no command {quoted}{NearestName.Suggest(word, command.Subcommands.Select(sub => sub.Name))}"
            : $"{quoted} is one word too many";
    }
}
