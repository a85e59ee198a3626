using System.Runtime.InteropServices;

namespace Ipcscope.Bpf;

/// <summary>A program, borrowed from its object.</summary>
internal readonly unsafe struct BpfProgram(nint handle)
{
    /// <summary>Its function name in C.</summary>
    internal string Name => Marshal.PtrToStringUTF8((nint)LibBpf.bpf_program__name(handle)) ?? "";

    /// <summary>Its descriptor once loaded.</summary>
    internal int Fd => LibBpf.bpf_program__fd(handle);

    /// <summary>Whether loading the object loads it, too.</summary>
    internal void SetAutoload(bool autoload) => _ = LibBpf.bpf_program__set_autoload(handle, autoload);

    /// <summary>Attaches it where its section name says.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    internal BpfLink Attach()
    {
        nint link = LibBpf.bpf_program__attach(handle);
        return link != 0
            ? new BpfLink(link)
            : throw new BpfException($"attach {Name}", Marshal.GetLastPInvokeError(), LibBpfLog.Take(), Name);
    }

    /// <summary>What the kernel knows of it; all zero if it cannot be asked.</summary>
    internal ProgramInfo ReadInfo()
    {
        ProgramInfo info = default;
        uint length = (uint)sizeof(ProgramInfo);
        return LibBpf.bpf_obj_get_info_by_fd(Fd, &info, &length) == 0 ? info : default;
    }
}
