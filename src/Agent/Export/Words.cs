using Ipcscope.Decode;

namespace Ipcscope.Export;

/// <summary>How enumerations are spelled on the page, by value.</summary>
internal static class Words
{
    /// <summary><c>pipe</c>, <c>fifo</c>, …</summary>
    public static string[] Mechanisms { get; } = [.. Enum.GetNames<Mechanism>().Select(static name => name.ToLowerInvariant())];

    /// <summary><c>read</c>, <c>write</c>, …</summary>
    public static string[] Operations { get; } = [.. Enum.GetNames<Operation>().Select(static name => name.ToLowerInvariant())];
}
