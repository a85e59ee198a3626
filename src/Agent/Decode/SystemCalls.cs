using System.Runtime.InteropServices;

namespace Ipcscope.Decode;

/// <summary>The numbers of the traced system calls.</summary>
internal static partial class SystemCalls
{
    /// <summary>Entries of the table in the kernel, CALL_TABLE_SIZE.</summary>
    internal const int TableSize = 512;

    /// <summary>A call by its name, number and class.</summary>
    internal readonly record struct Entry(string Name, ushort Number, Call Call);

    /// <summary>The calls of native programs.</summary>
    internal static ReadOnlySpan<Entry> Native(Architecture architecture) => architecture == Architecture.Arm64 ? Arm64 : X64;

    /// <summary>The calls of 32-bit programs.</summary>
    internal static ReadOnlySpan<Entry> Compat(Architecture architecture) => architecture == Architecture.Arm64 ? Arm : I386;

    /// <summary>
    /// Fills the kernel's table: native class in the low byte, 32-bit class in the high byte. Calls that concern none of the mechanisms
    /// stay out of it, and then cost what any other call costs.
    /// </summary>
    internal static void Fill(Span<ushort> table, Architecture architecture, IReadOnlyCollection<Mechanism> mechanisms)
    {
        table.Clear();
        foreach (Entry entry in Native(architecture))
        {
            table[entry.Number] |= entry.Call.Concerns(mechanisms) ? (byte)entry.Call : (ushort)0;
        }
        foreach (Entry entry in Compat(architecture))
        {
            table[entry.Number] |= entry.Call.Concerns(mechanisms) ? (ushort)((byte)entry.Call << 8) : (ushort)0;
        }
    }

    /// <summary>The name of a call by number: <c>sendmsg</c>; an unknown one in digits.</summary>
    public static string Name(ushort number, bool compat) => Find(number, compat)?.Name ?? number.ToString();

    /// <summary>A call of this machine by number; null: none that is traced.</summary>
    internal static Entry? Find(ushort number, bool compat)
    {
        ReadOnlySpan<Entry> entries = compat
            ? Compat(RuntimeInformation.OSArchitecture)
            : Native(RuntimeInformation.OSArchitecture);
        foreach (Entry entry in entries)
        {
            if (entry.Number == number)
            {
                return entry;
            }
        }
        return null;
    }
}
