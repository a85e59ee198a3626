using Ipcscope.Volume;

namespace Ipcscope.Api;

/// <summary>Processor time that may be spent on what somebody waits for: a five-hundredth of one processor, and what was saved before, up to a fifth of a second.</summary>
/// <param name="time">The clock.</param>
internal sealed class Allowance(TimeProvider time)
{
    private const int Share = 500;
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(200);

    private TimeSpan _left = Most;
    private long _filled = time.GetTimestamp();

    /// <summary>Does it, if there is time left for it.</summary>
    /// <returns>Whether it was done.</returns>
    public bool Do(Action work)
    {
        long begun = time.GetTimestamp();
        TimeSpan left = _left + (time.GetElapsedTime(_filled, begun) / Share);
        (_left, _filled) = (left < Most ? left : Most, begun);
        if (_left <= TimeSpan.Zero)
        {
            return false;
        }
        TimeSpan before = ThreadTime.Now();
        work();
        _left -= ThreadTime.Now() - before;
        return true;
    }
}
