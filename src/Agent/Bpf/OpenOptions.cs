using System.Runtime.InteropServices;

namespace Ipcscope.Bpf;

/// <summary>The start of struct bpf_object_open_opts (libbpf 1.0 and later): what follows is left at 0.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenOptions
{
    /// <summary>Size of this structure: libbpf reads no further.</summary>
    public nuint Size;

    private readonly nint _objectName;
    private readonly byte _relaxedMaps;
    private readonly nint _pinRootPath;
    private readonly nuint _unused;
    private readonly nint _kconfig;

    /// <summary>btf_custom_path: the file whose types the programs are fitted to, a C string.</summary>
    public nint KernelTypesPath;
}
