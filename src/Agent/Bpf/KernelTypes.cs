using System.Runtime.InteropServices;

namespace Ipcscope.Bpf;

/// <summary>The types of the running kernel: /sys/kernel/btf/vmlinux.</summary>
internal sealed unsafe class KernelTypes : IDisposable
{
    // include/uapi/linux/btf.h
    private const uint Typedef = 8;
    private const uint Function = 12;
    private const uint ArgumentsMask = 0xffff;

    private readonly nint _handle;

    private KernelTypes(nint handle) => _handle = handle;

    /// <summary>Reads them.</summary>
    /// <exception cref="BpfException">The kernel has none.</exception>
    internal static KernelTypes Load()
    {
        LibBpfLog.Begin();
        nint handle = LibBpf.btf__load_vmlinux_btf();
        return handle != 0
            ? new KernelTypes(handle)
            : throw new BpfException("read the kernel's types", Marshal.GetLastPInvokeError(), LibBpfLog.Take());
    }

    /// <summary>Whether there is a function of this name, which programs may or may not call.</summary>
    internal bool HasFunction(string name) => LibBpf.btf__find_by_name_kind(_handle, name, Function) > 0;

    /// <summary>Number of the type that stands for a tracepoint; negative if there is none.</summary>
    internal int TracepointType(string name) => LibBpf.btf__find_by_name_kind(_handle, $"btf_trace_{name}", Typedef);

    /// <summary>How many arguments a tracepoint gives to its programs; 0 if there is no such tracepoint.</summary>
    internal int TracepointArguments(string name)
    {
        int id = TracepointType(name);
        if (id <= 0)
        {
            return 0;
        }
        // struct btf_type: name, info, type. The typedef is of a pointer to a function; its first argument is not the program's.
        uint* pointer = LibBpf.btf__type_by_id(_handle, LibBpf.btf__type_by_id(_handle, (uint)id)[2]);
        uint* function = LibBpf.btf__type_by_id(_handle, pointer[2]);
        return (int)(function[1] & ArgumentsMask) - 1;
    }

    /// <inheritdoc/>
    public void Dispose() => LibBpf.btf__free(_handle);
}
