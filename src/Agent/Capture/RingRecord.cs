using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Capture;

/// <summary>
/// Whether a record is one of the contract: of a known kind, whole, and with words that exist. What comes after the ring relies on it. The programs write no
/// others; a record that is one nevertheless must neither end the agent nor be believed.
/// </summary>
internal static class RingRecord
{
    private const int MaxErrno = 4095; // include/linux/err.h

    /// <summary>Looks.</summary>
    internal static bool IsReadable(ReadOnlySpan<byte> record)
    {
        if (record.Length < sizeof(RecordKind))
        {
            return false;
        }
        return MemoryMarshal.Read<RecordKind>(record) switch
        {
            RecordKind.Flow => Is<FlowRecord>(record),
            RecordKind.Operation => Is<OperationRecord>(record) && IsReadable(MemoryMarshal.AsRef<OperationRecord>(record)),
            RecordKind.Exec or RecordKind.Exit or RecordKind.Fork => Is<ProcessRecord>(record),
            _ => false,
        };
    }

    private static bool IsReadable(in OperationRecord operation) =>
        (uint)operation.Flow.Mechanism < SlotLayout.Mechanisms && (uint)operation.Flow.Operation < SlotLayout.Operations
        && operation.Flow.Via <= Via.Kernel && operation.Result >= -MaxErrno;

    // The kernel writes whole records, aligned to 8 bytes.
    private static bool Is<T>(ReadOnlySpan<byte> record)
        where T : unmanaged => record.Length == Unsafe.SizeOf<T>();
}
