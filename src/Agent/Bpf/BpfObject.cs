using System.Runtime.InteropServices;
using Ipcscope.Privileges;

namespace Ipcscope.Bpf;

/// <summary>An opened BPF object. It owns its programs and maps; links must be disposed before it.</summary>
internal sealed unsafe class BpfObject : SafeHandle
{
    private MapRequests? _requests;

    private BpfObject(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Opens an ELF image.</summary>
    /// <exception cref="BpfException">It is no BPF object.</exception>
    internal static BpfObject Open(ReadOnlySpan<byte> image)
    {
        LibBpfLog.Begin();
        // To list the types of modules needs CAP_SYS_ADMIN, and libbpf 1.1 takes a refusal for a failure; given a file, it leaves them alone.
        bool listsModules = CapabilitySet.Effective.Has(Capability.SysAdmin);
        fixed (byte* start = image)
        fixed (byte* types = "/sys/kernel/btf/vmlinux\0"u8)
        {
            OpenOptions options = new() { Size = (nuint)sizeof(OpenOptions), CustomTypes = listsModules ? null : types };
            nint handle = LibBpf.bpf_object__open_mem(start, (nuint)image.Length, &options);
            return handle != 0
                ? new BpfObject(handle)
                : throw new BpfException("open the BPF object", Marshal.GetLastPInvokeError(), LibBpfLog.Take());
        }
    }

    /// <summary>Creates the maps and loads the programs.</summary>
    /// <exception cref="BpfException">The kernel refused; the log has the verifier's words.</exception>
    internal void Load()
    {
        int result = LibBpf.bpf_object__load(handle);
        if (result < 0)
        {
            string log = LibBpfLog.Take();
            string program = Refused(log);
            throw new BpfException(program.Length > 0 ? $"load {program}" : "load the eBPF programs", -result, log, program);
        }
        // The kernel's types and the verifier's log took a good 10 MB, which malloc(3) would keep for us.
        _ = LibBpf.malloc_trim(0);
    }

    // libbpf ends at the first program that is refused: whichever it spoke of last.
    private static string Refused(string log)
    {
        const string Mark = "libbpf: prog '";
        int start = log.LastIndexOf(Mark, StringComparison.Ordinal);
        if (start < 0)
        {
            return "";
        }
        start += Mark.Length;
        int end = log.IndexOf('\'', start);
        return end < 0 ? "" : log[start..end];
    }

    /// <summary>A map by its name in C.</summary>
    /// <exception cref="InvalidOperationException">There is none: object and agent do not belong together.</exception>
    internal BpfMap Map(string name)
    {
        nint map = LibBpf.bpf_object__find_map_by_name(handle, name);
        return map != 0 ? new BpfMap(map, name, MapRequests.Takes(name) ? _requests : null) : throw new InvalidOperationException($"the BPF object has no map {name}");
    }

    /// <summary>From now on the maps that are used in a capture are asked through a program, which is loaded.</summary>
    internal void AskMapsBy(BpfProgram program) => _requests = new MapRequests(program.Fd, Map(".data.request"));

    /// <summary>Leaves out all maps but those that are named, and those of global variables.</summary>
    internal void CreateOnly(IReadOnlyCollection<string> names)
    {
        for (nint map = LibBpf.bpf_object__next_map(handle, 0); map != 0; map = LibBpf.bpf_object__next_map(handle, map))
        {
            string name = Marshal.PtrToStringUTF8((nint)LibBpf.bpf_map__name(map)) ?? "";
            if (!name.Contains('.', StringComparison.Ordinal) && !names.Contains(name))
            {
                _ = LibBpf.bpf_map__set_autocreate(map, false);
            }
        }
    }

    /// <summary>All programs, in the order of the object.</summary>
    internal List<BpfProgram> Programs()
    {
        List<BpfProgram> programs = [];
        for (nint program = LibBpf.bpf_object__next_program(handle, 0); program != 0;
             program = LibBpf.bpf_object__next_program(handle, program))
        {
            programs.Add(new BpfProgram(program));
        }
        return programs;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _requests?.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>The first fields of struct bpf_object_open_opts (bpf/libbpf.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct OpenOptions
    {
        public nuint Size;
        public byte* Name;
        public nuint RelaxedMaps;
        public byte* PinRoot;
        public nuint Unused;
        public byte* Configuration;
        public byte* CustomTypes;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibBpf.bpf_object__close(handle);
        return true;
    }
}
