using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary>A running agent, by the page that it serves.</summary>
/// <param name="agent">Where.</param>
internal sealed class AgentWitness(AgentPort agent) : ISelfTestWitness
{
    /// <inheritdoc/>
    public string Name => $"the agent at {agent}";

    /// <inheritdoc/>
    public IReadOnlyDictionary<(Mechanism Mechanism, Operation Operation), ulong> Count(string process, int pid)
    {
        Dictionary<(Mechanism, Operation), ulong> counts = [];
        string number = $"{pid}";
        foreach ((string[] labels, double value) in Fetch().Read("ipc_operations_total", "process", "pid", "mechanism", "operation"))
        {
            // By the name, where it is shown: in another pid namespace the number is another one.
            if (labels[0].Length > 0 ? labels[0] == process : labels[1] == number)
            {
                (Mechanism, Operation) key = ((Mechanism)Array.IndexOf(Words.Mechanisms, labels[2]), (Operation)Array.IndexOf(Words.Operations, labels[3]));
                counts[key] = counts.GetValueOrDefault(key) + (ulong)value;
            }
        }
        return counts;
    }

    /// <inheritdoc/>
    public IReadOnlyList<LossCount> ReadLosses() =>
        [.. Fetch().Read("ipcscope_lost_total", "stage", "cause").Select(sample => new LossCount(sample.Labels[0], sample.Labels[1], (ulong)sample.Value))];

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private AgentPage Fetch()
    {
        try
        {
            return agent.Fetch();
        }
        catch (HttpRequestException fault)
        {
            throw new CommandException(ExitStatus.Failed, $"the agent at {agent} does not answer any more: {fault.Message}");
        }
    }
}
