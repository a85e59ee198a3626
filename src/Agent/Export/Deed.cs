using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>What was done: that which tells the series of one identity apart.</summary>
/// <param name="Mechanism">By which mechanism.</param>
/// <param name="Operation">Doing what.</param>
/// <param name="Via">How it was asked for.</param>
/// <param name="Detail">Its place in <see cref="Details.Words"/>: details that have no word are one.</param>
internal readonly record struct Deed(Mechanism Mechanism, Operation Operation, Via Via, int Detail)
{
    /// <summary>That of a series of the source.</summary>
    public static Deed Of(in SeriesSample sample) =>
        new(sample.Mechanism, sample.Operation, sample.Via, Details.Index(sample.Mechanism, sample.Operation, sample.Detail));

    /// <summary>Why it waits when it does.</summary>
    public WaitReason Reason => WaitReasons.Reason(Mechanism, Operation);

    /// <summary>Its labels as they stand on the page: <c>via</c> and <c>detail</c> only where there is something to tell.</summary>
    public string Labels =>
        $"mechanism=\"{Words.Mechanisms[(int)Mechanism]}\",operation=\"{Words.Operations[(int)Operation]}\""
        + (Via == Via.Syscall ? "" : $",via=\"{Words.Vias[(int)Via]}\"")
        + (Detail == 0 ? "" : $",detail=\"{Details.Words[Detail]}\"");
}
