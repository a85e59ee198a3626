using System.Text.Json;
using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Findings;
using Ipcscope.Objects;
using Ipcscope.Waits;

namespace Ipcscope.Api;

/// <summary>Everything that is wrong, with the time since when. For one thread at a time.</summary>
/// <param name="time">The clock.</param>
internal sealed class FindingBook(TimeProvider time)
{
    /// <summary>How long it is told of a loss that does not go on.</summary>
    private static readonly TimeSpan LossMemory = TimeSpan.FromMinutes(1);

    private static readonly string[] Kinds = [.. Enum.GetNames<ProblemKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    // Their being is no defect of anything: short lives are short, and what nobody has taken yet is not lost.
    private static readonly string[] Usual = [LossCause.UnreadablePath.Name, LossCause.UnknownPeer.Name, "missed_entry"];

    private readonly Dictionary<string, DateTimeOffset> _since = [];
    private readonly Dictionary<string, (ulong Count, ulong Grown, DateTimeOffset Last)> _losses = [];

    /// <summary>All of them, the worst first.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>Takes what was found now.</summary>
    /// <param name="problems">By waits and pods.</param>
    /// <param name="orphans">Objects that nobody uses.</param>
    /// <param name="losses">What the agent has lost, since its start.</param>
    public void Update(IEnumerable<Problem> problems, IEnumerable<IpcObject> orphans, IEnumerable<LossCount> losses)
    {
        DateTimeOffset now = time.GetUtcNow();
        List<Finding> found = [.. problems.Select(problem => Of(problem, now)).DistinctBy(finding => finding.Id)];
        found.AddRange(orphans.Select(o => Of(o, now)).DistinctBy(finding => finding.Id));
        foreach (LossCount loss in losses)
        {
            if (Of(loss, now) is { } finding)
            {
                found.Add(finding);
            }
        }
        HashSet<string> ids = [.. found.Select(finding => finding.Id)];
        foreach (string gone in _since.Keys.Where(id => !ids.Contains(id)).ToArray())
        {
            _ = _since.Remove(gone);
        }
        Findings = [.. found.OrderBy(finding => Rank(finding.Counsel.Severity)).ThenBy(finding => finding.Since)];
    }

    private static int Rank(string severity) => severity switch { "critical" => 0, "warning" => 1, _ => 2 };

    private Finding Of(Problem problem, DateTimeOffset now)
    {
        Wait? longest = problem.Waits.MaxBy(wait => wait.Call.Age);
        string rule = Kinds[(int)problem.Kind];
        string id = $"{rule}-{(longest is null
            ? string.Join('-', problem.Flows.Select(flow => Ids.Of(flow.Channel.Key)).Order(StringComparer.Ordinal).Take(1))
            : $"{problem.Waits.Min(wait => wait.Call.Tid)}-{Ids.Of(problem.Waits.MinBy(wait => wait.Call.Tid)!.Call.Flow.Channel)}")}";
        return new Finding
        {
            Id = id,
            Rule = rule,
            Summary = problem.Summary,
            Since = SinceOf(id, now - TimeSpan.FromMicroseconds(problem.Age / 1000.0)),
            AtLeast = longest?.Call.IsFromBefore ?? true,
            Evidence = problem.Evidence,
            Culprits = problem.Culprits,
            ChannelIds = [.. problem.Waits.Select(wait => wait.Call.Flow.Channel).Concat(problem.Flows.Select(flow => flow.Channel.Key)).Distinct().Take(20).Select(key => Ids.Of(key))],
            ProcessIds = [.. problem.Waits.Select(wait => wait.Call.Flow.Process).Concat(problem.Flows.Select(flow => flow.Process.Key)).Distinct().Take(20).Select(key => Ids.Of(key))],
            Problem = problem,
            Counsel = Counsel.Of(problem.Kind),
        };
    }

    private Finding Of(IpcObject o, DateTimeOffset now)
    {
        string id = $"orphan-{Ids.Of(o)}";
        return new Finding
        {
            Id = id,
            Rule = "orphan",
            Summary = $"{LsObjects.KindOf(o)} {o.Name} has nobody who uses it",
            Since = SinceOf(id, o.LastUsed ?? o.Since ?? now),
            AtLeast = true,
            Evidence = [$"{LsObjects.KindOf(o)} {o.Name}{(o.Size is { } size ? $", {size} bytes" : "")}{(o.Messages is { } messages ? $", {messages} messages" : "")}: no process has it open or mapped"],
            Counsel = Counsel.Orphan,
        };
    }

    private Finding? Of(LossCount loss, DateTimeOffset now)
    {
        if (Usual.Contains(loss.Cause))
        {
            return null;
        }
        if (!_losses.TryGetValue(loss.Cause, out (ulong Count, ulong Grown, DateTimeOffset Last) known))
        {
            known = (loss.Count, 0, DateTimeOffset.MinValue);
        }
        if (loss.Count > known.Count)
        {
            known = (loss.Count, known.Grown + loss.Count - known.Count, now);
        }
        if (known.Grown > 0 && now - known.Last > LossMemory)
        {
            known.Grown = 0;
        }
        _losses[loss.Cause] = known;
        if (known.Grown == 0)
        {
            return null;
        }
        var cause = LossCause.Named(loss.Cause);
        string id = $"loss-{loss.Cause}";
        return new Finding
        {
            Id = id,
            Rule = "loss",
            Summary = $"{known.Grown} {cause.Detail ?? "operations or lines lost"}: {loss.Cause.Replace('_', ' ')} at the {loss.Stage}",
            Since = SinceOf(id, now),
            Evidence = [$"ipcscope_lost_total{{stage=\"{loss.Stage}\",cause=\"{loss.Cause}\"}} is {loss.Count}"],
            Counsel = Counsel.Of(cause),
        };
    }

    private DateTimeOffset SinceOf(string id, DateTimeOffset first)
    {
        if (!_since.TryGetValue(id, out DateTimeOffset since))
        {
            _since.Add(id, since = first);
        }
        return since;
    }
}
