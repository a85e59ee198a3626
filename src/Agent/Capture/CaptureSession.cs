using System.Diagnostics;
using Ipcscope.Bpf;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Capture;

/// <summary>Programs loaded and attached, the ring being read by a thread of its own. Stopping detaches.</summary>
public sealed class CaptureSession : IDisposable, ICaptureStatistics
{
    private readonly Probes _probes;
    private readonly LossCounters _losses;
    private readonly FlowTable _table;
    private readonly Action? _awaitGrace;
    private readonly QueueTable? _queues;
    private readonly EventPump _pump;
    private readonly ProgramSampler _sampler;
    private readonly SessionLedger _ledger;
    private readonly CallReader? _calls;
    private readonly TimeSpan _pollInterval;
    private readonly TimeSpan _maintenanceInterval;
    private readonly ManualResetEventSlim _stop = new(initialState: false, spinCount: 0); // it is waited for long: spinning before would cost more than all else
    private readonly Lock _pumping = new();
    private readonly Thread _thread;
    private readonly MissingPart[] _missing;
    private ulong _unannounced;
    private volatile MissingPart? _unread; // as long as the kernel lets nobody read the calls in progress

    private CaptureSession(CaptureOptions options, Probes probes, ProgramParts parts)
    {
        long started = Stopwatch.GetTimestamp();
        _probes = probes;
        _pollInterval = options.PollInterval;
        _maintenanceInterval = options.MaintenanceInterval;
        ISlotStore store = options.CountInKernel
            ? new KernelSlots(probes.Object, options.MaxFlows + SlotLayout.Overflow)
            : new UserSlots(options.MaxFlows + SlotLayout.Overflow, new ChannelTable(probes.Object), new CgroupTable(probes.Object));
        _awaitGrace = (store as KernelSlots) is { } slots ? slots.AwaitGrace : null;
        _queues = probes.TimesQueues ? new QueueTable(probes.Object, options.MaxQueues, options.IdleExpiry) : null;
        _losses = new LossCounters(probes.Object.Map(".data.lost"), store as UserSlots);
        _table = new FlowTable(store, options.IdleExpiry);
        _pump = new EventPump(new RingReader(probes.Object.Map("ring").Fd, options.RingBytes), _table, store as UserSlots, options.OnOperation);
        RingBytes = options.RingBytes;
        _missing = [.. parts.Missing];
        try
        {
            foreach (uint pid in options.Filter.Pids)
            {
                Watch(pid);
            }
            probes.Attach();
            _calls = probes.HasCalls ? new CallReader(probes.AttachIterator(Probes.Calls)) : null;
        }
        catch
        {
            Release();
            throw;
        }
        _sampler = new ProgramSampler(probes.Attached, options.ProgramTimes, [.. parts.Missing.SelectMany(static part => part.Programs)]);
        _ledger = new SessionLedger(options, _losses, _table, _pump, _sampler);
        StartTime = Stopwatch.GetElapsedTime(started);
        _thread = new Thread(Run) { IsBackground = true, Name = "capture" };
        _thread.Start();
    }

    /// <summary>What is known of flows now.</summary>
    public IFlowSource Flows => _table;

    /// <inheritdoc/>
    public IReadOnlyList<MissingPart> Missing => _unread is { } calls ? [.. _missing, calls] : _missing;

    /// <summary>How long loading and attaching took.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>How long <see cref="Stop"/> took to detach; zero before.</summary>
    public TimeSpan DetachTime { get; private set; }

    /// <inheritdoc/>
    public long RingBytes { get; }

    /// <inheritdoc/>
    public long Records => _pump.Records;

    /// <summary>Loads and attaches.</summary>
    /// <exception cref="CaptureException">It cannot: no permission, no BTF, a program was refused …</exception>
    public static CaptureSession Start(CaptureOptions options)
    {
        long started = Stopwatch.GetTimestamp();
        Requirements.Check();
        var parts = new ProgramParts(options);
        while (true)
        {
            Probes? probes = null;
            try
            {
                probes = Probes.Load(parts);
                CaptureSession session = new(options, probes, parts);
                session.StartTime = Stopwatch.GetElapsedTime(started);
                return session;
            }
            catch (BpfException e)
            {
                probes?.Dispose();
                if (!parts.LeaveOut(e)) // at most as often as there are parts
                {
                    throw Requirements.Explain(e);
                }
            }
        }
    }

    /// <summary>Adds a process to those that the filter lets through.</summary>
    public void Watch(uint pid) => _probes.Object.Map("watched").Update(pid, 1u);

    /// <summary>Reads what is in the ring now, so that all that ended before the call is known after it.</summary>
    public void Drain()
    {
        lock (_pumping)
        {
            _pump.Drain();
        }
    }

    /// <summary>Every thread that is inside a call now; none once stopped, or as long as the kernel refuses to tell, which <see cref="Missing"/> says.</summary>
    public IReadOnlyList<CallInProgress> ReadCalls()
    {
        try
        {
            IReadOnlyList<CallInProgress> calls = _calls?.Read() ?? [];
            _unread = null;
            return calls;
        }
        catch (BpfException refusal)
        {
            _unread = MissingPart.Of(ProgramParts.Calls, refusal);
            return [];
        }
    }

    /// <inheritdoc/>
    public LossCount[] ReadLosses() => _ledger.ReadLosses();

    /// <inheritdoc/>
    public StageCount[] ReadStages() => _ledger.ReadStages();

    /// <inheritdoc/>
    public ProgramStatistics[] ReadPrograms() => _sampler.Read();

    /// <summary>Detaches and reads what is left in the ring. Counters and losses can be read until <see cref="Dispose"/>.</summary>
    public void Stop()
    {
        if (_stop.IsSet)
        {
            return;
        }
        long started = Stopwatch.GetTimestamp();
        _calls?.Close();
        _probes.Detach();
        DetachTime = Stopwatch.GetElapsedTime(started);
        _stop.Set();
        _thread.Join();
        Drain(); // what was written before the programs were gone
        lock (_pumping)
        {
            FindUnannounced((ulong)Stopwatch.GetTimestamp());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        Release();
        _probes.Dispose();
        _stop.Dispose();
    }

    // The memory that is shared with the kernel.
    private void Release()
    {
        _table.Dispose();
        _queues?.Dispose();
        _pump.Dispose();
        _losses.Dispose();
    }

    private void Run()
    {
        long maintained = Stopwatch.GetTimestamp();
        while (!_stop.Wait(_pollInterval))
        {
            Drain();
            _sampler.Tick();
            bool crowded = _table.Flows > _table.FlowsLimit / 2;
            if (crowded || Stopwatch.GetElapsedTime(maintained) > _maintenanceInterval)
            {
                maintained = Stopwatch.GetTimestamp();
                Maintain();
            }
        }
    }

    private void Maintain()
    {
        using Lock.Scope scope = _pumping.EnterScope(); // flows are added while the ring is read
        // Later than all that was read; Stopwatch counts nanoseconds of CLOCK_MONOTONIC, as the kernel programs do.
        ulong now = (ulong)Stopwatch.GetTimestamp();
        FindUnannounced(now);
        _table.Maintain(now);
        if (_queues is null)
        {
            return;
        }
        _queues.Maintain(now, _awaitGrace!);
        _queues.Join(PipePairs.Find(_table.PipeFlows()));
        _table.Learn(_queues.HighWaters());
    }

    // What the ring had no room for.
    private void FindUnannounced(ulong now)
    {
        ulong unannounced = _losses.Unannounced;
        if (unannounced != _unannounced)
        {
            _unannounced = unannounced;
            _table.Rescan();
            _table.RescanProcesses(now);
        }
    }
}
