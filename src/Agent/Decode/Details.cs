using System.Collections.Immutable;
using System.Text.Json;

namespace Ipcscope.Decode;

/// <summary>The words for <see cref="FlowKey.Detail"/>, whose meaning depends on the operation.</summary>
public static class Details
{
    private static readonly int Fates = Enum.GetValues<SignalFate>().Length;

    /// <summary>All of them: none, the fates of signals, <c>file</c>, the mechanisms.</summary>
    public static ImmutableArray<string> Words { get; } =
    [
        "", .. Enum.GetNames<SignalFate>().Skip(1).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName),
        "file", .. Enum.GetNames<Mechanism>().Skip(1).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName),
    ];

    /// <summary>
    /// The place in <see cref="Words"/>: what became of a signal that was not simply queued, what kind of descriptor was passed or taken;
    /// 0: there is nothing to tell.
    /// </summary>
    public static int Index(Mechanism mechanism, Operation operation, byte detail)
    {
        int index = operation is Operation.Pass or Operation.Take ? Fates + detail
            : mechanism == Mechanism.Signal && operation == Operation.Send && detail < Fates ? detail
            : 0;
        return index < Words.Length ? index : 0;
    }

    /// <summary>The word; empty if there is nothing to tell.</summary>
    public static string Word(Mechanism mechanism, Operation operation, byte detail) => Words[Index(mechanism, operation, detail)];
}
