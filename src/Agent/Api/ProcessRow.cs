using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>A process, whatever images it has run.</summary>
internal sealed class ProcessRow(Process process, string id) : Row(id, process.Name)
{
    /// <summary>The image that runs, or ran last.</summary>
    public Process Process { get; private set; } = process;

    /// <summary>What it did; null: nothing that was counted.</summary>
    public ProcessTraffic? Traffic { get; init; }

    /// <summary>Where it runs.</summary>
    public required Place Place { get; init; }

    /// <summary>Bit n: mechanism n is used.</summary>
    public uint Mechanisms { get; private set; }

    /// <summary>The channels that it uses.</summary>
    public IReadOnlySet<ChannelKey> Channels { get; init; } = new HashSet<ChannelKey>();

    /// <summary>Whether it lives, or did something since the last look.</summary>
    public bool IsShown => Process.EndedAt == 0 || Activity.NewOperations > 0;

    /// <summary>Notes by which mechanism it did something.</summary>
    public void See(Traced traced)
    {
        Mechanisms |= 1u << (int)traced.Mechanism;
        See(traced.Process);
    }

    /// <summary>Notes one of its images.</summary>
    public void See(Process image) => Process = Process.EndedAt != 0 && (image.EndedAt == 0 || image.EndedAt > Process.EndedAt) ? image : Process;
}
