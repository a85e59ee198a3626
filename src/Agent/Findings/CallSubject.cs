using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Filters;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Findings;

/// <summary>A call in progress as a filter sees it, with whoever is asked about: who makes it, or who is why it lasts.</summary>
/// <param name="call">The call.</param>
/// <param name="pid">Whom it is about.</param>
/// <param name="name">The name of that process.</param>
/// <param name="cgroup">The cgroup of that process.</param>
/// <param name="places">Tells where that is.</param>
internal sealed class CallSubject(CallInProgress call, uint pid, string name, ulong cgroup, Places places) : IFilterSubject
{
    /// <inheritdoc/>
    public uint Pid => pid;

    /// <inheritdoc/>
    public uint Tid => call.Tid;

    /// <inheritdoc/>
    public string Process => name;

    /// <inheritdoc/>
    public string Executable => Enrich.Executables.Read(pid);

    /// <inheritdoc/>
    public Mechanism Mechanism => call.Flow.Mechanism;

    /// <inheritdoc/>
    public Operation Operation => call.Flow.Operation;

    /// <inheritdoc/>
    public Via Via => call.Flow.Via;

    /// <inheritdoc/>
    public int Detail => Details.Index(Mechanism, Operation, call.Flow.Detail);

    /// <inheritdoc/>
    public string Channel => call.Channel;

    /// <inheritdoc/>
    public string Peer => ChannelNames.Peer(call.Info);

    /// <inheritdoc/>
    public ulong Size => 0;

    /// <inheritdoc/>
    public ulong DurationNs => call.Age;

    /// <inheritdoc/>
    public ulong WaitNs => call.Reason == WaitReason.None ? 0 : call.Age;

    /// <inheritdoc/>
    public int Error => 0;

    /// <inheritdoc/>
    public ulong Cgroup => cgroup;

    /// <inheritdoc/>
    public Place Place => places.Of(cgroup, pid);
}
