using System.Runtime.InteropServices;

namespace Ipcscope.Bpf;

/// <summary>struct timespec, bits/types/struct_timespec.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    internal long Seconds;
    internal long Nanoseconds;
}
