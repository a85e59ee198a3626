using System.Diagnostics;

namespace Ipcscope.KernelTests.Product;

/// <summary>Waits for what takes a moment.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks until the answer is as wanted, for five seconds at most, unless more patience is needed.</summary>
    /// <returns>The last answer, wanted or not: it is the caller who judges it.</returns>
    internal static T Get<T>(Func<T> ask, Func<T, bool> wanted, TimeSpan? patience = null)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            T answer = ask();
            if (wanted(answer) || Stopwatch.GetElapsedTime(started) > (patience ?? Patience))
            {
                return answer;
            }
            Thread.Sleep(50);
        }
    }
}
