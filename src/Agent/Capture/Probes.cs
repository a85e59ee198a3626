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

    private readonly List<BpfLink> _links = [];
    private readonly Dictionary<string, BpfProgram> _programs;
    private IReadOnlyList<ProgramPart> _parts = [];

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

    /// <summary>Whether the iterator over calls in progress is loaded.</summary>
    internal bool HasCalls => _parts.Any(static part => part.Programs.Contains(Calls));

    /// <summary>Loads what is left of a capture's parts.</summary>
    /// <exception cref="BpfException">The kernel refused a program, which is named, or all.</exception>
    internal static Probes Load(ProgramParts parts) => Load(parts.ReadImage, (probes, kernel) =>
    {
        CaptureOptions options = parts.Options;
        probes._parts = parts.Choose(kernel, probes._programs.ContainsKey);
        probes.LoadOnly([.. probes._parts.SelectMany(static part => part.Programs)]);
        probes.Size((uint)options.MaxFlows, (uint)options.RingBytes);
        probes.TimesQueues = options.CountInKernel && options.Delivery && kernel.TimesQueues;
        probes.SizeQueues(probes.TimesQueues ? (uint)options.MaxQueues : 1);
        probes.Set(options);
        probes.FillCalls(parts.Mechanisms);
    });

    /// <summary>Loads the iterator over calls in progress only: it tells those that sleep.</summary>
    internal static Probes LoadCalls() => Load(static kernel => kernel.ReadImage(), (probes, _) =>
    {
        probes.LoadOnly([Calls]);
        probes.Set(new CaptureOptions());
        probes.Size(1, (uint)Environment.SystemPageSize);
        probes.SizeQueues(1);
        probes.FillCalls(AgentOptions.AllMechanisms);
    });

    /// <summary>Loads the iterators of the snapshot only.</summary>
    internal static Probes LoadSnapshot() => Load(static kernel => kernel.ReadImage(), (probes, _) =>
    {
        probes.LoadOnly([Descriptors, Processes]);
        probes.Set(new CaptureOptions());
        probes.Size(1, (uint)Environment.SystemPageSize);
        probes.SizeQueues(1);
    });

    /// <summary>Attaches the programs of a capture.</summary>
    /// <exception cref="BpfException">The kernel refused one, which is named.</exception>
    internal void Attach() => Attached = LoadingThread.Run(() =>
    {
        string[] names = [.. _parts.Where(static part => !part.RunsWhenAsked).SelectMany(static part => part.Programs)];
        foreach (string name in names)
        {
            _links.Add(_programs[name].Attach());
        }
        return names.Select(name => _programs[name]).ToArray();
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

    private static Probes Load(Func<RunningKernel, byte[]> read, Action<Probes, RunningKernel> prepare) => LoadingThread.Run(() =>
    {
        Probes? probes = null;
        try
        {
            var kernel = RunningKernel.Probe();
            probes = new Probes(BpfObject.Open(read(kernel)));
            prepare(probes, kernel);
            probes.Object.Load();
            if (probes._parts.Any(static part => part.Programs.Contains(MapRequests.Program)))
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
