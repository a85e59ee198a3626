using System.Text.Json;
using Ipcscope.Findings;
using Ipcscope.Waits;

namespace Ipcscope.Cli;

/// <summary>Tells people and programs what <c>check</c> has found.</summary>
internal static class CheckReport
{
    /// <summary>The words of <see cref="ProblemKind"/>.</summary>
    public static string[] Kinds { get; } = [.. Enum.GetNames<ProblemKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    /// <summary>A line for each problem, and its evidence below it.</summary>
    public static IEnumerable<string> Lines(IEnumerable<Problem> problems, Styles styles)
    {
        foreach (Problem problem in problems)
        {
            string style = problem.Kind is ProblemKind.Deadlock or ProblemKind.LostOwner ? styles.Error : styles.Warning;
            yield return $"{styles.Paint(style, Kinds[(int)problem.Kind].Replace('_', '-'))}  {DisplayText.Clean(problem.Summary)}";
            foreach (string line in problem.Evidence)
            {
                yield return $"    {DisplayText.Clean(line)}";
            }
        }
    }

    /// <summary>An object for each.</summary>
    public static IEnumerable<string> Objects(IEnumerable<Problem> problems) => problems.Select(problem => JsonLine.Write(json =>
    {
        json.WriteString("kind", Kinds[(int)problem.Kind]);
        json.WriteString("summary", problem.Summary);
        json.WriteNumber("age_seconds", TraceJson.ToSeconds(problem.Age));
        json.WriteBoolean("at_least", problem.Waits.MaxBy(wait => wait.Call.Age) is { Call.IsFromBefore: true });
        json.WriteStartArray("evidence");
        foreach (string line in problem.Evidence)
        {
            json.WriteStringValue(line);
        }
        json.WriteEndArray();
        json.WriteStartArray("culprits");
        foreach ((uint pid, string name) in problem.Culprits)
        {
            json.WriteStartObject();
            json.WriteString("process", name);
            json.WriteNumber("pid", pid);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("waits");
        foreach (Wait wait in problem.Waits)
        {
            json.WriteStartObject();
            LsCalls.Write(json, wait);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }));
}
