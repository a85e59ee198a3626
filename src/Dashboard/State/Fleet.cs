using System.Text;
using System.Text.Json;

namespace Ipcscope.Dashboard.State;

/// <summary>The latest state of all agents, and what has changed in it since viewers were told.</summary>
/// <param name="time">The clock.</param>
/// <param name="patience">When a silent agent is stale, and when it is gone.</param>
internal sealed class Fleet(TimeProvider time, Patience patience)
{
    private readonly List<AgentState> _agents = [];
    private readonly Changes[] _changes = [.. Kinds.All.Select(static _ => new Changes())];

    /// <summary>Guards everything here.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Snapshots that agents have told, ever.</summary>
    public long Snapshots { get; private set; }

    /// <summary>All agents.</summary>
    public IReadOnlyList<AgentState> Agents => _agents;

    /// <summary>Agents of which viewers have not been told.</summary>
    public Changes AgentChanges { get; } = new();

    /// <summary>The durations of operations.</summary>
    public LatencyTally Latency { get; } = new();

    /// <summary>Items of which viewers have not been told.</summary>
    public Changes ChangesOf(Kind kind) => _changes[(int)kind];

    /// <summary>An item by its id; null: it is not there.</summary>
    public Item? Find(Kind kind, string id)
    {
        foreach (AgentState agent in _agents)
        {
            if (agent.Items(kind).TryGetValue(id, out Item? item))
            {
                return item;
            }
        }
        return null;
    }

    /// <summary>Viewers have been told of all changes.</summary>
    public void ForgetChanges()
    {
        AgentChanges.Clear();
        foreach (Changes changes in _changes)
        {
            changes.Clear();
        }
    }

    /// <summary>An agent is to be asked.</summary>
    public AgentState Add(string address)
    {
        lock (Gate)
        {
            var agent = new AgentState(address, time.GetUtcNow());
            _agents.Add(agent);
            AgentChanges.OnSet(agent.Name);
            return agent;
        }
    }

    /// <summary>An agent is not asked any more.</summary>
    public void Remove(AgentState agent)
    {
        lock (Gate)
        {
            Empty(agent);
            _agents.Remove(agent);
            AgentChanges.OnGone(agent.Name);
        }
    }

    /// <summary>An agent has told something.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="message">What it told.</param>
    /// <param name="whole">Whether that is all it has: what is not in it is gone.</param>
    /// <exception cref="JsonException">It is not understood.</exception>
    public void Apply(AgentState agent, ReadOnlySpan<byte> message, bool whole)
    {
        lock (Gate)
        {
            var read = new Message(message);
            DateTimeOffset now = time.GetUtcNow();
            if (read.Node.Length > 0)
            {
                Rename(agent, read.Node);
            }
            agent.Error = null;
            new MessageTaker(this, agent).Take(message, read, whole);
            Snapshots += whole ? 1 : 0;
            agent.LastSeen = now;
            agent.Lag = now - read.Time;
            agent.Interval = read.Interval;
            agent.Turn(LinkState.Live, now);
            AgentChanges.OnSet(agent.Name);
        }
    }

    /// <summary>An agent is not heard.</summary>
    public void Fail(AgentState agent, string error)
    {
        lock (Gate)
        {
            agent.Error = error;
            if (agent.State == LinkState.Live)
            {
                agent.Turn(LinkState.Stale, time.GetUtcNow());
            }
            AgentChanges.OnSet(agent.Name);
        }
    }

    /// <summary>Finds the agents that have been silent for long.</summary>
    public void LookAtSilence()
    {
        lock (Gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            foreach (AgentState agent in _agents.Where(static agent => agent.State is LinkState.Live or LinkState.Stale))
            {
                TimeSpan silent = now - (agent.LastSeen ?? agent.Since);
                if (silent >= patience.Gone)
                {
                    Empty(agent);
                    agent.Turn(LinkState.Gone, now);
                    AgentChanges.OnSet(agent.Name);
                }
                else if (silent >= patience.Stale + agent.Interval && agent.Turn(LinkState.Stale, now))
                {
                    AgentChanges.OnSet(agent.Name);
                }
            }
        }
    }

    private void Rename(AgentState agent, string node)
    {
        string name = AgentName.Of(node);
        // A node has one agent: the one that is silent under this name was there before.
        if (_agents.Find(other => other != agent && other.Name == name) is { } other)
        {
            if (other.State == LinkState.Live)
            {
                name = AgentName.Of($"{node}-{agent.Address}");
            }
            else
            {
                Empty(other);
                other.Name = other.Address;
                AgentChanges.OnSet(other.Name);
            }
        }
        if (name != agent.Name)
        {
            Empty(agent);
            AgentChanges.OnGone(agent.Name);
            agent.Name = name;
        }
    }

    private void Empty(AgentState agent)
    {
        foreach (Kind kind in Kinds.All)
        {
            foreach (string id in agent.Items(kind).Keys)
            {
                ChangesOf(kind).OnGone(id);
            }
            agent.Items(kind).Clear();
            agent.Items(kind).TrimExcess();
        }
    }
}
