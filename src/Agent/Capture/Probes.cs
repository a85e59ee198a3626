using System.Runtime.InteropServices;
using Ipcscope.Bpf;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Privileges;

namespace Ipcscope.Capture;

/// <summary>The kernel side: object, programs and their attachments.</summary>
internal sealed class Probes : IDisposable
{
    /// <summary>The iterator over descriptors.</summary>
    internal const string Descriptors = "ipcscope_descriptors";

    /// <summary>The iterator over processes.</summary>
    internal const string Processes = "ipcscope_processes";

    /// <summary>The iterator over calls in progress.</summary>
    internal const string Calls = "ipcscope_in_flight";

    private static readonly string[] LifeCycle = ["ipcscope_fork", "ipcscope_exec", "ipcscope_thread_exit"];

    // Forks have no event that tells the child; this raw tracepoint is never preempted.
    private static readonly string[] LifeCycleByEvent = ["ipcscope_wakeup", "ipcscope_exec_event", "ipcscope_thread_exit_event"];

    // Receipts before sends: a signal that is sent in between is then received untimed, instead of never.
    private static readonly string[] Signals = ["ipcscope_signal_receive", "ipcscope_signal_send"];

    private readonly List<BpfLink> _links = [];
    private readonly Dictionary<string, BpfProgram> _programs;
    private IReadOnlyList<string> _wanted = [];

    private Probes(BpfObject bpfObject)
    {
        Object = bpfObject;
        _programs = bpfObject.Programs().ToDictionary(program => program.Name);
    }

    /// <summary>The object, for its maps.</summary>
    internal BpfObject Object { get; }

    /// <summary>Whether times in queues and of answers are measured: as the options want, where the kernel can.</summary>
    internal bool TimesQueues { get; private set; }

    /// <summary>The programs that are attached.</summary>
    internal IReadOnlyList<BpfProgram> Attached { get; private set; } = [];

    /// <summary>Loads the programs that follow <paramref name="options"/>.</summary>
    internal static Probes Load(CaptureOptions options) => Load((probes, kernel) =>
    {
        IReadOnlyCollection<Mechanism> mechanisms = options.Filter.Mechanisms is { Count: > 0 } some ? some : AgentOptions.AllMechanisms;
        probes._wanted =
        [
            .. mechanisms.Contains(Mechanism.Signal) ? Signals : [],
            .. CallTraits.Uring.Any(mechanisms.Contains) ? UringPrograms.Choose(kernel.TracepointArguments, kernel.CallsByEvent).Where(probes._programs.ContainsKey) : [],
            .. kernel.CallsByEvent ? LifeCycleByEvent : LifeCycle,
            // Exits before entries: a call that begins in between is then counted without its duration, instead of being lost.
            .. kernel.CallsByEvent ? (string[])["ipcscope_exit_event", "ipcscope_enter_event"] : ["ipcscope_exit", "ipcscope_enter"],
        ];
        probes.LoadOnly([.. probes._wanted, Calls, .. kernel.CallsByEvent ? (string[])[MapRequests.Program] : []]);
        probes.Size((uint)options.MaxFlows, (uint)options.RingBytes);
        probes.TimesQueues = options.CountInKernel && options.Delivery && kernel.TimesQueues;
        probes.SizeQueues(probes.TimesQueues ? (uint)options.MaxQueues : 1);
        probes.Set(options);
        probes.FillCalls(mechanisms);
    });

    /// <summary>Loads the iterator over calls in progress only: it tells those that sleep.</summary>
    internal static Probes LoadCalls() => Load((probes, _) =>
    {
        probes.LoadOnly([Calls]);
        probes.Set(new CaptureOptions());
        probes.Size(1, (uint)Environment.SystemPageSize);
        probes.SizeQueues(1);
        probes.FillCalls(AgentOptions.AllMechanisms);
    });

    /// <summary>Loads the iterators of the snapshot only.</summary>
    internal static Probes LoadSnapshot() => Load((probes, _) =>
    {
        probes.LoadOnly([Descriptors, Processes]);
        probes.Set(new CaptureOptions());
        probes.Size(1, (uint)Environment.SystemPageSize);
        probes.SizeQueues(1);
    });

    /// <summary>Attaches the programs of a capture.</summary>
    internal void Attach() => Attached = LoadingThread.Run(() =>
    {
        foreach (string name in _wanted)
        {
            _links.Add(_programs[name].Attach());
        }
        return _wanted.Select(name => _programs[name]).ToArray();
    });

    /// <summary>Attaches an iterator: it runs when it is read, and costs nothing between.</summary>
    internal BpfLink AttachIterator(string name)
    {
        BpfLink link = LoadingThread.Run(_programs[name].Attach);
        _links.Add(link);
        return link;
    }

    /// <summary>Detaches; the maps stay readable.</summary>
    internal void Detach()
    {
        for (int i = _links.Count - 1; i >= 0; i--)
        {
            _links[i].Dispose();
        }
        _links.Clear();
        Attached = [];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Detach();
        Object.Dispose();
    }

    private static Probes Load(Action<Probes, RunningKernel> prepare) => LoadingThread.Run(() =>
    {
        Probes? probes = null;
        try
        {
            var kernel = RunningKernel.Probe();
            probes = new Probes(BpfObject.Open(kernel.ReadImage()));
            prepare(probes, kernel);
            probes.Object.Load();
            if (probes._wanted.Count > 0 && kernel.CallsByEvent)
            {
                probes.Object.AskMapsBy(probes._programs[MapRequests.Program]);
            }
            return probes;
        }
        catch
        {
            probes?.Dispose();
            throw;
        }
    });

    private void Set(CaptureOptions options)
    {
        Span<byte> settings = Object.Map(".rodata.settings").GlobalData();
        settings.Clear();
        MemoryMarshal.Write(settings, KernelSettings.From(options));
    }

    private void FillCalls(IReadOnlyCollection<Mechanism> mechanisms) => SystemCalls.Fill(
        MemoryMarshal.Cast<byte, ushort>(Object.Map(".rodata.calls").GlobalData()), RuntimeInformation.OSArchitecture, mechanisms);

    private void LoadOnly(IReadOnlyCollection<string> names)
    {
        foreach (BpfProgram program in _programs.Values)
        {
            program.SetAutoload(names.Contains(program.Name));
        }
    }

    private void Size(uint flows, uint ringBytes)
    {
        foreach (string name in (string[])["flows", "channels", "flow_errors"])
        {
            Object.Map(name).SetMaxEntries(flows);
        }
        foreach (string name in (string[])["slots", "free_slots"])
        {
            Object.Map(name).SetMaxEntries(flows + SlotLayout.Overflow);
        }
        Object.Map("ring").SetMaxEntries(ringBytes);
    }

    private void SizeQueues(uint queues)
    {
        foreach (string name in (string[])["queues", "queue_index", "free_queues"])
        {
            Object.Map(name).SetMaxEntries(queues);
        }
    }
}
