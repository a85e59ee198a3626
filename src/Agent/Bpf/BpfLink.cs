using System.Runtime.InteropServices;

namespace Ipcscope.Bpf;

/// <summary>An attachment. Disposing detaches.</summary>
internal sealed class BpfLink : SafeHandle
{
    internal BpfLink(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Its descriptor.</summary>
    internal int Fd => LibBpf.bpf_link__fd(handle);

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => LibBpf.bpf_link__destroy(handle) == 0;
}
