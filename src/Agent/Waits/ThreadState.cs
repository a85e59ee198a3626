namespace Ipcscope.Waits;

/// <summary>What a thread does that could end somebody's wait.</summary>
internal enum ThreadActivity
{
    /// <summary>It runs, or is about to.</summary>
    Running,
    /// <summary>A signal or a tracer has stopped it.</summary>
    Stopped,
    /// <summary>It has ended.</summary>
    Gone,
    /// <summary>It is inside a call on a channel that others use, too.</summary>
    InCall,
    /// <summary>It waits without a time limit for another thread of its own process: a lock, a condition, pthread_join(3).</summary>
    AmongThreads,
    /// <summary>It sleeps in anything else: a timer, poll(2), a disk.</summary>
    Elsewhere,
}

/// <summary>A thread as it was a moment ago.</summary>
/// <param name="Tid">Its number in the first pid namespace.</param>
/// <param name="Activity">What it does.</param>
internal readonly record struct ThreadState(uint Tid, ThreadActivity Activity);
