using Ipcscope.Volume;

namespace Ipcscope.Api;

/// <summary>Lets something be done as often as it is cheap: after each time it rests so long that it takes a four-hundredth of one processor at most, unless that is more than half a minute.</summary>
/// <param name="time">The clock.</param>
/// <param name="shortest">How long it rests at least.</param>
internal sealed class Rest(TimeProvider time, TimeSpan shortest)
{
    private const int Share = 400;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private long _ended;
    private TimeSpan _rest = TimeSpan.MinValue;

    /// <summary>Does it, unless it rests.</summary>
    /// <returns>Whether it was done.</returns>
    public bool Do(Action work)
    {
        long begun = time.GetTimestamp();
        if (_rest != TimeSpan.MinValue && time.GetElapsedTime(_ended, begun) < _rest)
        {
            return false;
        }
        TimeSpan before = ThreadTime.Now();
        work();
        _ended = time.GetTimestamp();
        TimeSpan wanted = (ThreadTime.Now() - before) * Share;
        _rest = wanted < shortest ? shortest : wanted > Longest ? Longest : wanted;
        return true;
    }
}
