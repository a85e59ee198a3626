namespace Ipcscope.Api;

/// <summary>What does not change while the daemon has these settings.</summary>
/// <param name="Node">The name of the machine.</param>
/// <param name="Version">The agent's.</param>
/// <param name="Kernel">The release of the kernel.</param>
/// <param name="Architecture">The machine's, as uname(1) says it.</param>
/// <param name="Started">When these settings came into force.</param>
/// <param name="Interval">Between two looks.</param>
/// <param name="Mode"><c>kernel</c> or <c>ring</c>.</param>
/// <param name="Attachment"><c>tracepoints</c> or <c>functions</c>.</param>
/// <param name="Missing">Capabilities that it lacks.</param>
internal sealed record AgentFacts(
    string Node, string Version, string Kernel, string Architecture, DateTimeOffset Started, TimeSpan Interval, string Mode, string Attachment, IReadOnlyList<(string What, string Effect)> Missing);
