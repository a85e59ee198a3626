using Ipcscope.Volume;

namespace Ipcscope.Api;

/// <summary>Lets something be done as often as it is cheap: after each time it rests a multiple of the processor time that it took.</summary>
/// <param name="time">The clock.</param>
/// <param name="shortest">How long it rests at least.</param>
internal sealed class Rest(TimeProvider time, TimeSpan shortest)
{
    private long _ended;
    private TimeSpan _rest = TimeSpan.MinValue;

    /// <summary>How many times as long it rests.</summary>
    public int Share { get; init; } = 1000;

    /// <summary>How long it rests at most.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Does it, unless it rests.</summary>
    /// <returns>Whether it was done.</returns>
    public bool Do(Action work)
    {
        if (_rest != TimeSpan.MinValue && time.GetElapsedTime(_ended) < _rest)
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
