using System.CommandLine;

namespace Ipcscope.Cli;

/// <summary>-o.</summary>
internal static class FormatOption
{
    /// <summary>A new one for a command.</summary>
    public static Option<OutputFormat> Create() =>
        OptionKinds.Choice<OutputFormat>("--output", ["-o"], "columns, more columns, or one JSON object a line");
}
