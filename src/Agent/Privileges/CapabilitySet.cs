using System.Runtime.InteropServices;
using Ipcscope.Bpf;

namespace Ipcscope.Privileges;

/// <summary>Capabilities, a bit each; of a thread, because the kernel keeps them there (capabilities(7)).</summary>
internal readonly record struct CapabilitySet(ulong Bits)
{
    private const uint Version = 0x20080522; // _LINUX_CAPABILITY_VERSION_3

    /// <summary>What the calling thread may do now.</summary>
    public static unsafe CapabilitySet Effective
    {
        get
        {
            Header header = new() { Version = Version };
            Data* data = stackalloc Data[2];
            return LibBpf.capget(&header, data) == 0 ? new(data[0].Effective | ((ulong)data[1].Effective << 32)) : default;
        }
    }

    /// <summary>These.</summary>
    public static CapabilitySet Of(IEnumerable<Capability> some) => new(some.Aggregate(0UL, static (bits, one) => bits | (1UL << (int)one)));

    /// <summary>Whether one is in it.</summary>
    public bool Has(Capability one) => (Bits >> (int)one & 1) != 0;

    /// <summary>What is in one of them.</summary>
    public CapabilitySet Or(CapabilitySet other) => new(Bits | other.Bits);

    /// <summary>What is in both.</summary>
    public CapabilitySet And(CapabilitySet other) => new(Bits & other.Bits);

    /// <summary>Gives up all others in the calling thread, and in those that it will start, for good. None can come back, not by starting a program either.</summary>
    /// <returns>Whether the kernel did it.</returns>
    public bool KeepOnly()
    {
        const int NoNewPrivileges = 38; // PR_SET_NO_NEW_PRIVS
        Bound();
        return Set(this, this) && LibBpf.prctl(NoNewPrivileges, 1, 0, 0, 0) == 0;
    }

    /// <summary>Takes all others from what the calling thread, and those that it will start, could ever get. Without CAP_SETPCAP nothing changes.</summary>
    public void Bound()
    {
        const int BoundingSetDrop = 24; // PR_CAPBSET_DROP
        const int All = 64; // the kernel refuses the numbers that it does not know
        for (int one = 0; one < All; one++)
        {
            _ = Has((Capability)one) ? 0 : LibBpf.prctl(BoundingSetDrop, (nuint)one, 0, 0, 0);
        }
    }

    /// <summary>Uses no others in the calling thread until it uses them again.</summary>
    /// <param name="permitted">What it keeps for then.</param>
    public bool Use(CapabilitySet permitted) => Set(this, permitted);

    private static unsafe bool Set(CapabilitySet effective, CapabilitySet permitted)
    {
        Header header = new() { Version = Version };
        Data* data = stackalloc Data[2];
        for (int i = 0; i < 2; i++)
        {
            data[i] = new Data { Effective = (uint)(effective.Bits >> (32 * i)), Permitted = (uint)(permitted.Bits >> (32 * i)) };
        }
        return LibBpf.capset(&header, data) == 0;
    }

    /// <summary>struct __user_cap_header_struct; pid 0: the calling thread.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        public uint Version;
        public int Pid;
    }

    /// <summary>struct __user_cap_data_struct, of which there are two.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Data
    {
        public uint Effective;
        public uint Permitted;
        public uint Inheritable;
    }
}
