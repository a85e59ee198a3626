using System.Text.Json;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Findings;
using Ipcscope.Waits;

namespace Ipcscope.Cli;

/// <summary>Tells people and programs what <c>check</c> has found.</summary>
/// <param name="ends">Knows the cgroups.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class CheckReport(ChannelEnds ends, Places places)
{
    private readonly Dictionary<uint, ulong> _cgroups = ends.Processes.GroupBy(process => process.Key.Pid).ToDictionary(group => group.Key, group => group.First().Cgroup);

    /// <summary>The words of <see cref="ProblemKind"/>.</summary>
    public static string[] Kinds { get; } = [.. Enum.GetNames<ProblemKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    /// <summary>A line for each problem, and its evidence below it.</summary>
    public IEnumerable<string> Lines(IEnumerable<Problem> problems, Styles styles)
    {
        foreach (Problem problem in problems)
        {
            string style = problem.Kind is ProblemKind.Deadlock or ProblemKind.LostOwner ? styles.Error : styles.Warning;
            yield return $"{styles.Paint(style, Kinds[(int)problem.Kind].Replace('_', '-'))}  {DisplayText.Clean(problem.Summary)}";
            foreach (string line in problem.Evidence)
            {
                yield return $"    {DisplayText.Clean(line)}";
            }
            foreach (string line in Whereabouts(problem))
            {
                yield return $"    {DisplayText.Clean(line)}";
            }
        }
    }

    /// <summary>An object for each.</summary>
    public IEnumerable<string> Objects(IEnumerable<Problem> problems) => problems.Select(problem => JsonLine.Write(json =>
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
            PlaceJson.Write(json, Of(pid));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("waits");
        foreach (Wait wait in problem.Waits)
        {
            json.WriteStartObject();
            LsCalls.Write(json, wait, Of(wait.Call.Pid));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }));

    private Place Of(uint pid) => places.Of(_cgroups.GetValueOrDefault(pid), pid);

    // Those in containers. What crosses from one to another has said so already.
    private IEnumerable<string> Whereabouts(Problem problem) => problem.Kind == ProblemKind.CrossPod
        ? []
        : problem.Culprits.Concat(problem.Waits.Select(wait => (wait.Call.Pid, wait.Call.Name))).Distinct()
            .Select(who => (Who: $"{who.Item2}[{who.Item1}]", Place: Of(who.Item1)))
            .Where(who => who.Place.IsContained)
            .Select(who => $"{who.Who} is {who.Place.Words}");
}
