using Ipcscope.Decode;

namespace Ipcscope.Cli;

/// <summary>How often something was done, and how often that was counted.</summary>
/// <param name="Mechanism">By which mechanism.</param>
/// <param name="Operation">What was done.</param>
/// <param name="Made">By the self-test.</param>
/// <param name="Counted">By the agent.</param>
internal readonly record struct SelfTestLine(Mechanism Mechanism, Operation Operation, ulong Made, ulong Counted)
{
    /// <summary>Whether all is as it should be.</summary>
    public bool IsEqual => Made == Counted;
}
