using System.Text;
using Ipcscope.Bpf;

namespace Ipcscope.Capture;

/// <summary>Tracing programs of others on this machine: each doubles the price of everybody's system calls.</summary>
public static unsafe class OtherTracers
{
    // BPF_PROG_TYPE_KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT, TRACING, LSM (include/uapi/linux/bpf.h)
    private static readonly HashSet<uint> TracingTypes = [2, 5, 7, 17, 26, 29];

    /// <summary>The names of all tracing programs whose names do not begin with <c>ipcscope_</c>; empty without CAP_SYS_ADMIN.</summary>
    public static IReadOnlyList<string> Names() => [.. All().Where(name => !IsOurs(name)).Distinct()];

    /// <summary>How many captures of ipcscope are under way, this process's included.</summary>
    public static int Captures() => All().Count(name => name.StartsWith("ipcscope_enter", StringComparison.Ordinal));

    private static bool IsOurs(string name) => name.StartsWith("ipcscope_", StringComparison.Ordinal);

    /// <summary>The names of all tracing programs.</summary>
    internal static List<string> All()
    {
        List<string> names = [];
        for (uint id = 0; LibBpf.bpf_prog_get_next_id(id, &id) == 0;)
        {
            int fd = LibBpf.bpf_prog_get_fd_by_id(id);
            if (fd < 0)
            {
                continue; // gone in the meantime
            }
            ProgramInfo info = default;
            uint length = (uint)sizeof(ProgramInfo);
            if (LibBpf.bpf_obj_get_info_by_fd(fd, &info, &length) == 0 && TracingTypes.Contains(info.Type))
            {
                ReadOnlySpan<byte> name = info.Name;
                names.Add(Encoding.UTF8.GetString(name[..Math.Max(0, name.IndexOf((byte)0))]));
            }
            _ = LibBpf.close(fd);
        }
        return names;
    }
}
