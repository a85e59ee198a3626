using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;

namespace Ipcscope.Cli;

/// <summary>The help of a command: what it does, how it is called, its options, and examples to copy.</summary>
/// <param name="usage">How it is called, without the program's name.</param>
/// <param name="examples">What to type, and what it is good for.</param>
/// <param name="notes">What else must be known; may be empty.</param>
internal sealed class Help(string usage, (string Line, string Purpose)[] examples, string notes) : SynchronousCommandLineAction
{
    private const int Indent = 2;
    private const int NotesWidth = 100;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Gives a command its --help.</summary>
    public static void AddTo(Command command, string usage, (string Line, string Purpose)[] examples, string notes = "") =>
        command.Add(new Option<bool>("--help", "-h")
        {
            Description = "this page",
            Arity = ArgumentArity.Zero,
            Action = new Help(usage, examples, notes),
        });

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = new Output(Output.StandardOutput);
        var styles = Styles.For(parseResult.GetValue(GlobalOptions.Color), output.Fd);
        output.WriteLines(Page(parseResult.CommandResult.Command, styles));
        return ExitStatus.Success;
    }

    /// <summary>The page, line by line.</summary>
    internal IEnumerable<string> Page(Command command, Styles styles)
    {
        yield return command.Description ?? "";
        yield return "";
        yield return $"{styles.Paint(styles.Header, "usage:")} ipcscope {usage}";
        foreach (string line in Section("commands:", styles, command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description))))
        {
            yield return line;
        }
        foreach (string line in Section("arguments:", styles, command.Arguments.Select(argument => (argument.Name, argument.Description))))
        {
            yield return line;
        }
        IEnumerable<Option> options = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)));
        foreach (string line in Section("options:", styles, options.Where(option => !option.Hidden).Select(option => (Label(option), option.Description))))
        {
            yield return line;
        }
        if (notes.Length > 0)
        {
            yield return "";
            foreach (string line in DisplayText.Wrap(notes, NotesWidth))
            {
                yield return line;
            }
        }
        yield return "";
        yield return styles.Paint(styles.Header, "examples:");
        foreach ((string line, string purpose) in examples)
        {
            yield return $"  {line}";
            yield return $"      {styles.Paint(styles.Faint, purpose)}";
        }
    }

    private static IEnumerable<string> Section(string title, Styles styles, IEnumerable<(string Name, string? Text)> rows)
    {
        List<(string Name, string? Text)> all = [.. rows];
        if (all.Count == 0)
        {
            yield break;
        }
        int width = all.Max(row => row.Name.Length) + (2 * Indent);
        yield return "";
        yield return styles.Paint(styles.Header, title);
        foreach ((string name, string? text) in all)
        {
            yield return $"  {name}".PadRight(width) + text;
        }
    }

    private static string Label(Option option)
    {
        string? letter = option.Aliases.FirstOrDefault(alias => alias.Length == 2);
        var label = new StringBuilder(letter is null ? "    " : $"{letter}, ").Append(option.Name);
        if (option.Arity.MaximumNumberOfValues > 0)
        {
            label.Append(' ').Append(option.HelpName);
        }
        return label.ToString();
    }
}
