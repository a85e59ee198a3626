using Ipcscope.Cli;
using Ipcscope.Findings;

namespace Ipcscope.Api;

/// <summary>Something that is wrong, and what to do.</summary>
internal sealed record Finding
{
    /// <summary>Stays the same as long as it lasts.</summary>
    public required string Id { get; init; }

    /// <summary><c>deadlock</c>, <c>back_pressure</c>, <c>orphan</c>, <c>loss</c> …</summary>
    public required string Rule { get; init; }

    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Since when; at the latest, if <see cref="AtLeast"/>.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether it may have begun before <see cref="Since"/>.</summary>
    public bool AtLeast { get; init; }

    /// <summary>What shows it, a line each.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Who is why.</summary>
    public IReadOnlyList<(uint Pid, string Name)> Culprits { get; init; } = [];

    /// <summary>The channels that it is about.</summary>
    public IReadOnlyList<string> ChannelIds { get; init; } = [];

    /// <summary>The processes that it is about.</summary>
    public IReadOnlyList<string> ProcessIds { get; init; } = [];

    /// <summary>What a filter is asked about; null: anything else.</summary>
    public Problem? Problem { get; init; }

    /// <summary>What it does and what to do.</summary>
    public required Counsel Counsel { get; init; }
}
