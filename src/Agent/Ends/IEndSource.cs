using Ipcscope.Capture;
using Ipcscope.Flows;

namespace Ipcscope.Ends;

/// <summary>Tells who is at which end. Read as often as wanted, by one thread at a time.</summary>
public interface IEndSource : IDisposable
{
    /// <summary>What the kernel refused of what was asked so far, and what is not told therefore.</summary>
    IReadOnlyList<MissingPart> Missing => [];

    /// <summary>Looks now.</summary>
    /// <param name="flows">What traffic showed; null: nothing is observed.</param>
    /// <exception cref="CaptureException">The kernel cannot be asked.</exception>
    ChannelEnds Read(IFlowSource? flows = null);
}
