using Ipcscope.Decode;

namespace Ipcscope.Config;

/// <summary>Something wrong with the configuration.</summary>
/// <param name="Source">The file as it was named, or the environment variable; empty: what was typed, or a default.</param>
/// <param name="Line">1 upwards; 0 if no line is to blame.</param>
/// <param name="Column">1 upwards; 0 if no line is to blame.</param>
/// <param name="Key">The key with its section, <c>aggregation.mode</c>; empty if none is to blame.</param>
/// <param name="Message">The value found and what is allowed.</param>
public sealed record ConfigFault(string Source, int Line, int Column, string Key, string Message)
{
    private const int LongestShown = 60;

    /// <summary>One line: <c>ipcscope.yaml:3:9: aggregation.mode: found "fast"; allowed: kernel, ring</c>.</summary>
    public override string ToString()
    {
        string place = Line > 0 ? $"{Source}:{Line}:{Column}" : Source;
        string[] parts = [place, Clean(Key), Message];
        return Unprintable.Replace(string.Join(": ", parts.Where(static part => part.Length > 0)));
    }

    /// <summary>A value in quotes.</summary>
    internal static string Quote(string value) => $"\"{Clean(value)}\"";

    // Cut, and without what could command the terminal.
    private static string Clean(string text) =>
        Unprintable.Replace(text.Length > LongestShown ? $"{text.AsSpan(0, LongestShown)}…" : text);
}
