namespace Ipcscope.Decode;

/// <summary>Device numbers as the kernel has them inside, which are not those that it tells programs in one number (MKDEV, include/linux/kdev_t.h).</summary>
internal static class DeviceNumber
{
    private const int MinorBits = 20;

    /// <summary>The number of a device.</summary>
    internal static uint Of(ulong major, ulong minor) => (uint)((major << MinorBits) | minor);

    /// <summary>Which driver: 0 of file systems that are on no disk.</summary>
    internal static uint Major(uint device) => device >> MinorBits;

    /// <summary>As /proc/PID/mountinfo writes it: <c>0:32</c>.</summary>
    internal static string Text(uint device) => $"{Major(device)}:{device & ((1u << MinorBits) - 1)}";
}
