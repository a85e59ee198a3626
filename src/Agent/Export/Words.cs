using System.Text.Json;
using Ipcscope.Decode;
using Ipcscope.Ends;

namespace Ipcscope.Export;

/// <summary>How enumerations are spelled on the page, by value.</summary>
internal static class Words
{
    /// <summary><c>pipe</c>, <c>fifo</c>, …</summary>
    public static string[] Mechanisms { get; } = Spell<Mechanism>();

    /// <summary><c>read</c>, <c>write</c>, …</summary>
    public static string[] Operations { get; } = Spell<Operation>();

    /// <summary><c>syscall</c>, <c>io_uring</c>, <c>kernel</c>.</summary>
    public static string[] Vias { get; } = Spell<Via>();

    /// <summary><c>exact</c>, <c>observed</c>, <c>hint</c>.</summary>
    public static string[] Certainties { get; } = Spell<Certainty>();

    /// <summary><c>none</c>, <c>full</c>, <c>empty</c>, <c>lock</c>.</summary>
    public static string[] Reasons { get; } = Spell<WaitReason>();

    private static string[] Spell<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
}
