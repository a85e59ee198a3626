using System.Runtime.InteropServices;

namespace Ipcscope.Bpf;

/// <summary>Whether programs at raw tracepoints may sleep: kernels that allow it run them preemptible, those before refuse to load one.</summary>
internal static unsafe class SleepableProbe
{
    // include/uapi/linux/bpf.h
    private const int Tracing = 26;
    private const int RawTracepoint = 23;
    private const uint Sleepable = 1 << 4;

    // r0 = 0; exit
    private static readonly ulong[] Nothing = [0xb7, 0x95];

    /// <summary>Tries it: the program is never attached.</summary>
    /// <param name="tracepoint">Number of the tracepoint's type in the kernel's BTF.</param>
    internal static bool Loads(int tracepoint)
    {
        LoadOptions options = new()
        {
            Size = (nuint)sizeof(LoadOptions),
            ExpectedAttachType = RawTracepoint,
            Flags = Sleepable,
            AttachBtfId = (uint)tracepoint,
        };
        fixed (ulong* instructions = Nothing)
        {
            int fd = LibBpf.bpf_prog_load(Tracing, "ipcscope_probe", "GPL", instructions, (nuint)Nothing.Length, &options);
            if (fd < 0)
            {
                return false;
            }
            _ = LibBpf.close(fd);
            return true;
        }
    }

    /// <summary>The first fields of struct bpf_prog_load_opts (bpf/bpf.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct LoadOptions
    {
        public nuint Size;
        public int Attempts;
        public int ExpectedAttachType;
        public uint BtfFd;
        public uint Flags;
        public uint InterfaceIndex;
        public uint KernelVersion;
        public uint AttachBtfId;
        public uint AttachProgramFd;
    }
}
