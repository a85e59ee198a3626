using System.Security.Cryptography;

namespace Ipcscope.Dashboard.Agents;

/// <summary>How long to wait before the next attempt: longer each time, and not in step with others.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private TimeSpan _next = First;

    /// <summary>The attempt went well.</summary>
    public void Reset() => _next = First;

    /// <summary>How long now.</summary>
    public TimeSpan Next()
    {
        TimeSpan now = _next * (0.75 + (RandomNumberGenerator.GetInt32(1000) / 2000.0));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return now;
    }
}
