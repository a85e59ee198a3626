using Ipcscope.Capture;

namespace Ipcscope.Cli;

/// <summary>The ledger of a running agent at one moment.</summary>
internal sealed class LedgerLook
{
    private readonly Dictionary<string, ulong> _lost = [];
    private readonly Dictionary<string, StageCount> _stages = [];

    /// <summary>Reads it.</summary>
    /// <param name="page">What the agent serves.</param>
    public LedgerLook(AgentPage page)
    {
        foreach ((string[] labels, double value) in page.Read("ipcscope_lost_total", "cause"))
        {
            _lost[labels[0]] = (ulong)value;
        }
        Dictionary<string, ulong> counted = page.Read("ipcscope_counted_total", "stage").ToDictionary(sample => sample.Labels[0], sample => (ulong)sample.Value);
        foreach ((string[] labels, double value) in page.Read("ipcscope_seen_total", "stage"))
        {
            LossCause? balancing = LossCause.Balancing.FirstOrDefault(cause => cause.Stage == labels[0]);
            _stages[labels[0]] = new StageCount(labels[0], (ulong)value, counted.GetValueOrDefault(labels[0]), balancing is null ? 0 : Count(balancing));
        }
    }

    /// <summary>Whether there is a ledger at all: an agent of an older version has none.</summary>
    public bool IsThere => _stages.Count > 0;

    /// <summary>Whether the agent counts this cause.</summary>
    public bool Knows(LossCause cause) => _lost.ContainsKey(cause.Name);

    /// <summary>How many were lost so.</summary>
    public ulong Count(LossCause cause) => _lost.GetValueOrDefault(cause.Name);

    /// <summary>What a stage saw; null where nothing can say that.</summary>
    public StageCount? Of(string stage) => _stages.TryGetValue(stage, out StageCount count) ? count : null;
}
