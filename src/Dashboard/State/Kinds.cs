namespace Ipcscope.Dashboard.State;

/// <summary>The names of kinds, and how much of each is held.</summary>
internal static class Kinds
{
    /// <summary>All, in their order.</summary>
    public static IReadOnlyList<Kind> All { get; } = Enum.GetValues<Kind>();

    /// <summary>The name in JSON and in paths.</summary>
    public static string Name(this Kind kind) => kind switch
    {
        Kind.Channels => "channels",
        Kind.Processes => "processes",
        Kind.Nodes => "nodes",
        Kind.Edges => "edges",
        _ => "findings",
    };

    /// <summary>The most items that one agent may have here; an agent's own pages end at 10,000.</summary>
    public static int Most(this Kind kind) => kind == Kind.Findings ? 1_000 : kind == Kind.Edges ? 20_000 : 10_000;
}
