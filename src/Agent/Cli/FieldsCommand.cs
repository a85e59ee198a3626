using System.CommandLine;
using Ipcscope.Filters;

namespace Ipcscope.Cli;

/// <summary><c>ipcscope fields</c>: what filters know.</summary>
internal static class FieldsCommand
{
    private static readonly TextColumn[] Columns =
        [new("FIELD"), new("TYPE", Rank: 3), new("WHERE", Rank: 2, Minimum: 6), new("KERNEL", Rank: 4), new("MEANING", Rank: 1, Minimum: 20, Elastic: true), new("EXAMPLE", Minimum: 20, Elastic: true)];

    private const string Notes =
        "WHERE: trace filters single operations, top filters flows, run filters series. KERNEL: the comparisons that the kernel decides, so that the rest costs nothing.";

    /// <summary>Makes the command.</summary>
    public static Command Build(Seams seams)
    {
        Option<OutputFormat> format = FormatOption.Create();
        var command = new Command("fields", "Lists the fields that a filter can name.") { format };
        Help.AddTo(command, "fields [-o json]", [
            ("ipcscope fields", "all fields with an example each"),
            ("sudo ipcscope trace 'mechanism in (pipe, unix) and duration > 5ms'", "a filter of two fields"),
            ("ipcscope trace --explain 'pid = 1 and size > 64KiB'", "which part of a filter the kernel decides"),
        ], Notes);
        command.SetAction(parsed =>
        {
            var styles = Styles.For(parsed.GetValue(GlobalOptions.Color), seams.Out.Fd);
            seams.Out.WriteLines(parsed.GetValue(format) == OutputFormat.Json ? Objects() : Table(seams.Out.Size.Columns, styles));
            return ExitStatus.Success;
        });
        return command;
    }

    private static IEnumerable<string> Table(int width, Styles styles)
    {
        var table = new TextTable(Columns, styles);
        foreach (FilterField field in FilterFields.All)
        {
            table.Add(field.Name, field.Type, string.Join(' ', Commands(field)), field.Kernel, field.Meaning, field.Example);
        }
        return table.Render(width);
    }

    private static IEnumerable<string> Objects() => FilterFields.All.Select(field => JsonLine.Write(json =>
    {
        json.WriteString("field", field.Name);
        json.WriteString("type", field.Type);
        json.WriteStartArray("where");
        foreach (string command in Commands(field))
        {
            json.WriteStringValue(command);
        }
        json.WriteEndArray();
        json.WriteString("kernel", field.Kernel);
        json.WriteString("meaning", field.Meaning);
        json.WriteString("example", field.Example);
    }));

    private static IEnumerable<string> Commands(FilterField field)
    {
        (FilterScopes Scope, string Command)[] commands = [(FilterScopes.Operation, "trace"), (FilterScopes.Flow, "top"), (FilterScopes.Series, "run")];
        return commands.Where(command => field.Scopes.HasFlag(command.Scope)).Select(command => command.Command);
    }
}
