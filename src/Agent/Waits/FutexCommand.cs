namespace Ipcscope.Waits;

/// <summary>What a futex call asks for, include/uapi/linux/futex.h.</summary>
internal static class FutexCommand
{
    internal const uint Wait = 0;
    internal const uint LockPi = 6;
    internal const uint WaitBitset = 9;
    internal const uint WaitRequeuePi = 11;
    internal const uint LockPi2 = 13;

    /// <summary>FUTEX_PRIVATE_FLAG and FUTEX2_PRIVATE.</summary>
    internal const uint Private = 128;

    /// <summary>FUTEX_PRIVATE_FLAG and FUTEX_CLOCK_REALTIME: all that is no command.</summary>
    internal const uint Flags = Private | 256;
}
