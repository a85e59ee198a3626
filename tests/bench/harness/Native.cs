using System.Runtime.InteropServices;

namespace Bench;

/// <summary>The two calls of libc that the harness needs.</summary>
internal static partial class Native
{
    public const int SigInt = 2;
    public const int SigKill = 9;
    public const int SigTerm = 15;
    private const int ScNProcessorsOnline = 84; // _SC_NPROCESSORS_ONLN, bits/confname.h

    /// <summary>Of the machine: Environment.ProcessorCount is 1 for a process that is pinned.</summary>
    public static int Cpus { get; } = (int)SysConf(ScNProcessorsOnline);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "sysconf")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SysConf(int name);
}
