using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Flows;
using Ipcscope.Waits;

using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>A channel or a process.</summary>
/// <param name="id">What it is called in addresses.</param>
/// <param name="name">What it is called.</param>
internal abstract class Row(string id, string name)
{
    /// <summary>What it is called in addresses.</summary>
    public string Id => id;

    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>What was done.</summary>
    public Activity Activity { get; } = new();

    /// <summary>The call that waits longest for room or a lock; null: none.</summary>
    public Wait? LongestWait { get; private set; }

    /// <summary>Notes a call that waits for room or a lock: who reads and finds nothing is idle.</summary>
    public void Note(Wait wait)
    {
        if (wait.Call.Reason is WaitReason.Full or WaitReason.Lock && (LongestWait is null || wait.Call.Age > LongestWait.Call.Age))
        {
            LongestWait = wait;
        }
    }
}

/// <summary>Somebody at an end of a channel.</summary>
internal sealed class Endpoint
{
    /// <summary>Who.</summary>
    public required ProcessKey Process { get; init; }

    /// <summary>Name of the process.</summary>
    public required string Name { get; init; }

    /// <summary>Where it runs.</summary>
    public required Place Place { get; init; }

    /// <summary>What it does, or can do, with the channel.</summary>
    public Ends.Access Access { get; set; }

    /// <summary>How well that is known.</summary>
    public Ends.Certainty Certainty { get; set; }

    /// <summary>Whether it has the other socket.</summary>
    public bool IsPeer { get; init; }
}

/// <summary>A channel.</summary>
internal sealed class ChannelRow(Channel channel, string id) : Row(id, channel.Name)
{
    /// <summary>The channel.</summary>
    public Channel Channel => channel;

    /// <summary>Who is at its ends, who has used it first.</summary>
    public List<Endpoint> Endpoints { get; } = [];

    /// <summary>What the last thorough look has shown of it.</summary>
    public Around Around { get; set; } = Around.Nothing;

    /// <summary>Its flows.</summary>
    public List<Traced> Flows { get; } = [];
}

/// <summary>A process, whatever images it has run.</summary>
internal sealed class ProcessRow(Process process, string id) : Row(id, process.Name)
{
    /// <summary>The image that runs, or ran last.</summary>
    public Process Process { get; private set; } = process;

    /// <summary>Where it runs.</summary>
    public required Place Place { get; init; }

    /// <summary>Bit n: mechanism n is used.</summary>
    public uint Mechanisms { get; private set; }

    /// <summary>The channels that it uses.</summary>
    public HashSet<ChannelKey> Channels { get; } = [];

    /// <summary>Whether it lives, or did something since the last look.</summary>
    public bool IsShown => Process.EndedAt == 0 || Activity.NewOperations > 0;

    /// <summary>Adds what it did.</summary>
    public void Add(Traced traced)
    {
        Activity.Add(traced);
        Mechanisms |= 1u << (int)traced.Mechanism;
        See(traced.Process);
    }

    /// <summary>Notes one of its images.</summary>
    public void See(Process image) => Process = Process.EndedAt != 0 && (image.EndedAt == 0 || image.EndedAt > Process.EndedAt) ? image : Process;
}
