using Ipcscope.Capture;
using Ipcscope.Decode;

namespace Ipcscope.Cli;

/// <summary>Who counts what the self-test does.</summary>
internal interface ISelfTestWitness : IDisposable
{
    /// <summary>Its name in a sentence: <c>the agent at 127.0.0.1:9464</c>.</summary>
    string Name { get; }

    /// <summary>Operations of a process, by mechanism and operation.</summary>
    /// <param name="process">What the process calls itself.</param>
    /// <param name="pid">Its number, as this process sees it.</param>
    IReadOnlyDictionary<(Mechanism Mechanism, Operation Operation), ulong> Count(string process, int pid);

    /// <summary>What it has lost since its start.</summary>
    IReadOnlyList<LossCount> ReadLosses();
}
