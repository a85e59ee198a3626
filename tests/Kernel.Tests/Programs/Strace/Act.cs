using Ipcscope.Decode;

namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>What a call or a signal did to a channel.</summary>
/// <param name="Mechanism">Of the channel.</param>
/// <param name="Channel">What strace tells of it: an inode number, a System V id or key, a signal's number; else 0.</param>
/// <param name="Operation">What was done.</param>
/// <param name="Tally">How it ended.</param>
internal readonly record struct Act(Mechanism Mechanism, ulong Channel, Operation Operation, Tally Tally)
{
    internal static Act Of(StraceCall call, Mechanism mechanism, ulong channel, Operation operation, ulong bytes = 0)
    {
        Tally tally = new();
        if (call.Succeeded)
        {
            tally.Succeed(bytes);
        }
        else if (call.NeverReturned)
        {
            tally.Doubt();
        }
        else
        {
            tally.Fail(call.Errno);
        }
        return new Act(mechanism, channel, operation, tally);
    }
}
