using System.Runtime.InteropServices;

namespace Ipcscope.Bpf;

/// <summary>struct statx, include/uapi/linux/stat.h.</summary>
[StructLayout(LayoutKind.Sequential, Size = 256)]
internal struct StatX
{
    /// <summary>STATX_BASIC_STATS | STATX_BTIME.</summary>
    internal const uint All = 0xfff;
    /// <summary>AT_SYMLINK_NOFOLLOW.</summary>
    internal const int NoFollow = 0x100;
    /// <summary>AT_FDCWD.</summary>
    internal const int WorkingDirectory = -100;
    /// <summary>STATX_BTIME: <see cref="BirthTime"/> is known.</summary>
    internal const uint HasBirthTime = 0x800;

    internal uint Mask;
    internal uint BlockSize;
    internal ulong Attributes;
    internal uint Links;
    internal uint Uid;
    internal uint Gid;
    internal ushort Mode;
    internal ulong Inode;
    internal ulong Size;
    internal ulong Blocks;
    internal ulong AttributesMask;
    internal Time AccessTime;
    internal Time BirthTime;
    internal Time ChangeTime;
    internal Time ModifyTime;
    internal uint RdevMajor;
    internal uint RdevMinor;
    internal uint DeviceMajor;
    internal uint DeviceMinor;

    /// <summary>struct statx_timestamp.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Time
    {
        internal long Seconds;
        internal uint Nanoseconds;
        internal int Reserved;
    }
}
