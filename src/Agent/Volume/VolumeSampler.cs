using System.Diagnostics;
using Ipcscope.Bpf;
using Ipcscope.Capture;
using Ipcscope.Decode;

namespace Ipcscope.Volume;

/// <summary>Looks at the processes that map shared memory, one after the other, on a thread of its own. Disposing ends it.</summary>
internal sealed partial class VolumeSampler : IDisposable
{
    /// <summary>How long a process is left to touch its memory; a look begins at most as often.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly VolumeEstimates _estimates;
    private readonly ILogger _log;
    private readonly LookBudget _budget = new();
    private readonly ManualResetEventSlim _stop = new(initialState: false, spinCount: 0); // it is waited for long: spinning before would cost more than all else
    private readonly Thread _thread;
    private readonly Queue<(uint Pid, Dictionary<ulong, ChannelKey> Mappings)> _round = [];

    /// <summary>Begins.</summary>
    /// <param name="estimates">Where what was seen goes.</param>
    /// <param name="log">Where it is said, once, that it cannot be done.</param>
    public VolumeSampler(VolumeEstimates estimates, ILogger log)
    {
        (_estimates, _log) = (estimates, log);
        _thread = new Thread(Run) { IsBackground = true, Name = "volume" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        if (!File.Exists(Look.Probe))
        {
            LogOff($"this kernel has no {Look.Probe} (CONFIG_PROC_PAGE_MONITOR)");
            return;
        }
        try
        {
            using var mappers = new Mappers();
            while (!_stop.IsSet)
            {
                TakeTurn(mappers);
            }
        }
        catch (BpfException e)
        {
            LogOff(Requirements.Explain(e).Message);
        }
    }

    private void TakeTurn(Mappers mappers)
    {
        long began = Stopwatch.GetTimestamp();
        TimeSpan before = ThreadTime.Now();
        if (_round.Count == 0)
        {
            BeginRound(mappers);
        }
        LookAtNext();
        TimeSpan spent = ThreadTime.Now() - before;
        _estimates.Charge(spent);
        _stop.Wait(LookBudget.Rest(spent, Stopwatch.GetElapsedTime(began), Window));
    }

    private void BeginRound(Mappers mappers)
    {
        SortedDictionary<uint, Dictionary<ulong, ChannelKey>> all = mappers.Read();
        _estimates.Keep(all.Keys);
        foreach ((uint pid, Dictionary<ulong, ChannelKey> mappings) in all)
        {
            if (pid != Environment.ProcessId)
            {
                _round.Enqueue((pid, mappings));
            }
        }
    }

    // Those which have gone, are too large or somebody else's are passed over.
    private void LookAtNext()
    {
        while (_round.TryDequeue(out (uint Pid, Dictionary<ulong, ChannelKey> Mappings) next) && !_stop.IsSet)
        {
            try
            {
                var look = new Look(next.Pid);
                ulong resident = look.ReadResident();
                if (_budget.Allows(resident))
                {
                    TimeSpan before = ThreadTime.Now();
                    look.Clear();
                    if (!_stop.Wait(Window))
                    {
                        _estimates.Store(next.Pid, look.Read(next.Mappings));
                        _budget.Learn(resident, ThreadTime.Now() - before);
                    }
                    return;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next one, then.
            }
        }
    }

    [LoggerMessage(11, LogLevel.Warning, "mechanisms.shm.sampleVolume has no effect: {Reason}")]
    private partial void LogOff(string reason);
}
