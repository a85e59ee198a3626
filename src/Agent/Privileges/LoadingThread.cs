using System.Runtime.CompilerServices;

namespace Ipcscope.Privileges;

/// <summary>
/// The one thread that keeps the capabilities to load programs, because SIGHUP may load others; between two loads it uses none of them. Capabilities belong to
/// threads: what answers requests, reads /proc or counts has none of these.
/// </summary>
internal sealed class LoadingThread
{
    private static LoadingThread? s_current;

    private readonly object _gate = new();
    private readonly Thread _thread;
    private readonly CapabilitySet _loading;
    private readonly CapabilitySet _rest;
    private Action? _work = static () => { };

    private LoadingThread(CapabilitySet loading, CapabilitySet rest)
    {
        (_loading, _rest) = (loading, rest);
        _thread = new Thread(Serve) { IsBackground = true, Name = "loading" };
        _thread.Start();
        Await();
    }

    /// <summary>
    /// Starts it and takes all capabilities but <paramref name="rest"/> from the calling thread and those that it will start, for good. To be called before
    /// there are others: they would keep theirs.
    /// </summary>
    /// <param name="rest">What every thread keeps.</param>
    public static void Begin(CapabilitySet rest)
    {
        CapabilitySet all = CapabilitySet.Effective, kept = rest.And(all);
        kept.Bound();
        s_current = new LoadingThread(Need.ForLoading.And(all).Or(kept), kept);
        _ = kept.KeepOnly();
        LastFinalizer.Leave(kept);
    }

    /// <summary>Does what needs the capabilities for loading. Without <see cref="Begin"/> the caller has them itself.</summary>
    public static T Run<T>(Func<T> load) => s_current is { } loading && loading._thread != Thread.CurrentThread ? loading.Do(load) : load();

    private T Do<T>(Func<T> load)
    {
        var work = new Task<T>(load);
        lock (_gate)
        {
            Await(); // somebody else's turn
            _work = work.RunSynchronously;
            Monitor.PulseAll(_gate);
            Await();
        }
        return work.GetAwaiter().GetResult();
    }

    // Until nothing is being done.
    private void Await()
    {
        lock (_gate)
        {
            while (_work is not null)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    private void Serve()
    {
        lock (_gate)
        {
            while (true)
            {
                if (_work is not null)
                {
                    _ = _loading.Use(_loading);
                    _work();
                    _ = _rest.Use(_loading);
                    _work = null;
                    Monitor.PulseAll(_gate);
                }
                Monitor.Wait(_gate);
            }
        }
    }

    // The thread that runs finalizers is older than Main: it gives its capabilities up in one.
    private sealed class LastFinalizer(CapabilitySet rest)
    {
        public static void Leave(CapabilitySet rest)
        {
            Make(rest);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        ~LastFinalizer() => _ = rest.KeepOnly();

        // In a frame of its own, so that no register still refers to it.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Make(CapabilitySet rest) => GC.KeepAlive(new LastFinalizer(rest));
    }
}
