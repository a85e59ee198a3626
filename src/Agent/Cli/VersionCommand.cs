using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Ipcscope.Cli;

/// <summary><c>ipcscope version</c>: what a report of a defect needs.</summary>
internal static class VersionCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Build(Seams seams)
    {
        Option<OutputFormat> format = FormatOption.Create();
        var command = new Command("version", "Prints the version, the commit, and what it was built with.") { format };
        Help.AddTo(command, "version [-o json]", [
            ("ipcscope version", "for a report of a defect"),
            ("ipcscope version -o json", "for scripts"),
            ("ipcscope version -o json | jq -r .version", "the number alone"),
        ]);
        command.SetAction(parsed =>
        {
            seams.Out.WriteLines(Lines(seams, parsed.GetValue(format)));
            return ExitStatus.Success;
        });
        return command;
    }

    private static IEnumerable<string> Lines(Seams seams, OutputFormat format)
    {
        string informational = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        string[] parts = informational.Split('+', 2);
        (string Name, string Value)[] facts =
        [
            ("version", parts[0]),
            ("commit", parts.Length > 1 ? parts[1] : "unknown"),
            ("libbpf", seams.LibBpfVersion()),
            ("runtime", RuntimeInformation.FrameworkDescription),
            ("architecture", RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()),
        ];
        if (format == OutputFormat.Json)
        {
            return [JsonLine.Write(json =>
            {
                foreach ((string name, string value) in facts)
                {
                    json.WriteString(name, value);
                }
            })];
        }
        return facts.Select(fact => $"{(fact.Name == "version" ? "ipcscope" : fact.Name),-13}{fact.Value}");
    }
}
