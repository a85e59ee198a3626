namespace Ipcscope.Listen;

/// <summary>How many requests are answered: a bucket that fills again with time.</summary>
/// <param name="perSecond">What flows in.</param>
/// <param name="most">What it holds.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestRate(int perSecond, int most, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _left = most;
    private long _filled = time.GetTimestamp();

    /// <summary>Takes one; false if there is none.</summary>
    public bool Take()
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            _left = Math.Min(most, _left + (perSecond * time.GetElapsedTime(_filled, now).TotalSeconds));
            _filled = now;
            if (_left < 1)
            {
                return false;
            }
            _left--;
            return true;
        }
    }
}
