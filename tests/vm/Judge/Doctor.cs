using System.Diagnostics;
using System.Text.Json;

namespace Ipcscope.KernelTests.Judge;

/// <summary>What <c>ipcscope doctor</c> says: all works, and the attachment is the one that belongs to this kernel.</summary>
internal static class Doctor
{
    /// <summary>Asks it.</summary>
    /// <param name="agent">The binary.</param>
    /// <param name="table">The file that says what belongs to each configuration: tests/vm/attachments.</param>
    /// <param name="configuration">The name of this one.</param>
    /// <returns>What is wrong; null: nothing.</returns>
    internal static IEnumerable<(string Name, string? Fault)> Ask(string agent, string table, string configuration)
    {
        ProcessStartInfo start = new(agent, ["doctor", "-o", "json"]) { RedirectStandardOutput = true };
        start.Environment["IPCSCOPE_AGGREGATION_ATTACHMENT"] = Configuration.AttachmentOf(configuration).ToString().ToLowerInvariant();
        using Process process = Process.Start(start)!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        yield return ("doctor", process.ExitCode == 0 ? null : $"status {process.ExitCode}: {string.Join("\n| ", lines)}");
        yield return ("attachment", Attachment([.. lines.Select(Parse).Where(finding => finding.Check == "attachment")], table, configuration));
    }

    private static string? Attachment((string Check, string State, string Detail, string Cost)[] findings, string table, string configuration)
    {
        string[] expected = [.. File.ReadLines(table).Where(line => line.StartsWith($"{configuration} ", StringComparison.Ordinal)).Select(line => line[(configuration.Length + 1)..])];
        return expected.Length != 1 ? $"tests/vm/attachments has {expected.Length} lines for {configuration}"
            : findings is not [var (_, state, detail, cost)] ? $"doctor says {findings.Length} times what the attachment is"
            : !$"{state} {detail}".StartsWith(expected[0], StringComparison.Ordinal) ? $"expected: {expected[0]}\n| doctor:   {state} {detail}"
            : cost.Length == 0 ? "doctor does not say what the attachment costs"
            : null;
    }

    private static (string Check, string State, string Detail, string Cost) Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        string Text(string name) => document.RootElement.GetProperty(name).GetString()!;
        return (Text("check"), Text("state"), Text("detail"), Text("cost"));
    }
}
