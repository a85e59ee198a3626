namespace Ipcscope.Dashboard.State;

/// <summary>Agents' names: they stand in paths, in JSON and in PromQL without any escape.</summary>
internal static class AgentName
{
    private const int Longest = 100;

    /// <summary>Of a node's name: what is not a letter, digit, dot, dash or underscore becomes a dash.</summary>
    public static string Of(string node)
    {
        string name = string.Concat(node.Take(Longest).Select(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' ? c : '-'));
        return name is "" or "." or ".." ? "unnamed" : name;
    }
}
