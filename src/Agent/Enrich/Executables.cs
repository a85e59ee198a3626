using System.Text;
using Ipcscope.Bpf;

namespace Ipcscope.Enrich;

/// <summary>Which file a process runs, /proc/PID/exe (proc(5)).</summary>
internal static unsafe class Executables
{
    /// <summary>The path; empty if the process is gone or may not be looked at. No exception: on a busy machine many are gone.</summary>
    internal static string Read(uint pid)
    {
        const int Longest = 4096; // PATH_MAX
        byte* path = stackalloc byte[Longest];
        nint length = LibBpf.readlink($"/proc/{pid}/exe", path, Longest);
        return length > 0 ? Encoding.UTF8.GetString(path, (int)length) : "";
    }
}
