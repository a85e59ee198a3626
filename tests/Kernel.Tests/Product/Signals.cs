using System.Runtime.InteropServices;

namespace Ipcscope.KernelTests.Product;

/// <summary>Signals by their Linux numbers, signal(7).</summary>
internal static partial class Signals
{
    internal const int HangUp = 1;
    internal const int Interrupt = 2;
    internal const int Kill = 9;
    internal const int Terminate = 15;
    internal const int Continue = 18;
    internal const int Stop = 19;

    internal static void Send(int pid, int signal) => Assert.Equal(0, SystemKill(pid, signal));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SystemKill(int pid, int signal);
}
