using Ipcscope.Decode;

namespace Ipcscope.KernelTests.Programs;

/// <summary>What one process did to one channel, or (channel 0) to all of a mechanism.</summary>
/// <param name="Pid">Thread-group id.</param>
/// <param name="Name">Of the thread-group leader; empty if not known.</param>
/// <param name="Mechanism">Of the channel.</param>
/// <param name="Channel">Its inode number, a System V id or key, a signal's number; or 0.</param>
/// <param name="Operation">What was done.</param>
/// <param name="Tally">How often and how much.</param>
internal sealed record Entry(uint Pid, string Name, Mechanism Mechanism, ulong Channel, Operation Operation, Tally Tally)
{
    internal string ByProcess => $"{Pid} {Mechanism} {Operation}";

    internal string ByChannel => $"{Pid} {Mechanism}:[{Channel}] {Operation}";

    /// <summary>
    /// Whether both strace and the event path tell which channel it was, in the same words. What msgctl and the like are given is
    /// an id, an index or nothing.
    /// </summary>
    internal bool TellsChannel => Operation != Operation.Control && Mechanism is (Mechanism.Pipe or Mechanism.Unix or Mechanism.Tcp
        or Mechanism.Udp or Mechanism.Netlink or Mechanism.SysvMsg or Mechanism.SysvSem or Mechanism.SysvShm or Mechanism.Signal);
}
