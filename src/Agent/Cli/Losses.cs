using System.Text.Json;
using Ipcscope.Capture;

namespace Ipcscope.Cli;

/// <summary>What a capture could not keep, in words for people and as an object for programs.</summary>
internal sealed class Losses
{
    private readonly (LossCause Cause, ulong Count)[] _counts;
    private readonly StageCount[] _stages;

    /// <summary>From the counts since the start of the capture.</summary>
    /// <param name="counts">By cause.</param>
    /// <param name="stages">What each stage saw and counted, of a capture that has stopped; without them nothing is said of what no cause explains.</param>
    public Losses(IEnumerable<LossCount> counts, params IEnumerable<StageCount> stages)
    {
        _counts = [.. counts.Where(count => count.Count > 0).Select(count => (LossCause.Named(count.Cause), count.Count))];
        _stages = [.. stages];
    }

    /// <summary>Operations or lines that are missing.</summary>
    public ulong Lost => Sum(_counts.Where(count => count.Cause.Detail is null));

    /// <summary><c>0 lost</c>, or <c>37 lost (35 ring full, 2 consumer slow), 4 not timed</c>; what no cause explains behind that.</summary>
    public string Describe()
    {
        string causes = string.Join(", ", _counts.Where(count => count.Cause.Detail is null).Select(count => $"{Units.Count(count.Count)} {count.Cause.Name.Replace('_', ' ')}"));
        IEnumerable<string> details = _counts
            .Where(count => count.Cause.Detail is not null && count.Cause != LossCause.UnreadablePath) // lines for people show no executables
            .GroupBy(count => count.Cause.Detail)
            .Select(group => $", {Units.Count(Sum(group))} {group.Key}");
        IEnumerable<string> unexplained = _stages
            .Where(stage => stage.Unexplained != 0)
            .Select(stage => $", {(stage.Unexplained < 0 ? "-" : "")}{Units.Count((ulong)Math.Abs(stage.Unexplained))} unexplained at the {stage.Stage}");
        return $"{Units.Count(Lost)} lost{(causes.Length > 0 ? $" ({causes})" : "")}{string.Concat(details)}{string.Concat(unexplained)}";
    }

    /// <summary><c>"lost": 35, "losses": {"ring_full": 35}, "stages": {"ring": {"seen": 100, "counted": 65, "lost": 35}}</c>; causes of zero are left out.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("lost", Lost);
        json.WriteStartObject("losses");
        foreach ((LossCause cause, ulong count) in _counts)
        {
            json.WriteNumber(cause.Name, count);
        }
        json.WriteEndObject();
        if (_stages.Length == 0)
        {
            return;
        }
        json.WriteStartObject("stages");
        foreach (StageCount stage in _stages)
        {
            json.WriteStartObject(stage.Stage);
            json.WriteNumber("seen", stage.Seen);
            json.WriteNumber("counted", stage.Counted);
            json.WriteNumber("lost", stage.Lost);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static ulong Sum(IEnumerable<(LossCause Cause, ulong Count)> counts) => counts.Aggregate(0UL, (sum, count) => sum + count.Count);
}
