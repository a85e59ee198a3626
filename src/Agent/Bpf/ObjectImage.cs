using System.Buffers.Binary;
using System.Text;

namespace Ipcscope.Bpf;

/// <summary>A BPF object before it is opened: an ELF64 file, little endian (elf(5)). It owns its bytes.</summary>
/// <param name="bytes">The file; it is copied.</param>
internal sealed class ObjectImage(ReadOnlySpan<byte> bytes)
{
    private const int InstructionSize = 8;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const uint SymbolTable = 2; // SHT_SYMTAB

    // r0 = 0; exit
    private static readonly ulong[] Nothing = [0xb7, 0x95];

    private readonly byte[] _bytes = bytes.ToArray();

    /// <summary>The file as it is now.</summary>
    internal byte[] Bytes => _bytes;

    /// <summary>
    /// Lets a function do nothing and return 0. What else it was is nobody's, and libbpf passes it over. Its first two instructions must be none that libbpf
    /// changes: it would not know them again.
    /// </summary>
    /// <returns>False: there is none of this name.</returns>
    internal bool Empty(string function)
    {
        if (FindSymbol(function) is not { } symbol)
        {
            return false;
        }
        Span<byte> code = _bytes.AsSpan(OffsetOf(symbol));
        for (int i = 0; i < Nothing.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(code[(i * InstructionSize)..], Nothing[i]);
        }
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(symbol + 16), (ulong)(Nothing.Length * InstructionSize));
        return true;
    }

    /// <summary>The instructions of a function; empty: there is none of this name.</summary>
    internal Span<byte> Code(string function) =>
        FindSymbol(function) is { } symbol ? _bytes.AsSpan(OffsetOf(symbol), (int)U64(symbol + 16)) : [];

    private int? FindSymbol(string name)
    {
        int table = Sections.First(header => U32(header + 4) == SymbolTable);
        int names = (int)U64(Sections.ElementAt((int)U32(table + 0x28)) + 0x18);
        int start = (int)U64(table + 0x18);
        byte[] wanted = Encoding.ASCII.GetBytes(name + "\0");
        for (int symbol = start; symbol < start + (int)U64(table + 0x20); symbol += SymbolSize)
        {
            if (_bytes.AsSpan(names + (int)U32(symbol)).StartsWith(wanted))
            {
                return symbol;
            }
        }
        return null;
    }

    // Where the section headers are.
    private IEnumerable<int> Sections =>
        Enumerable.Range(0, U16(0x3c)).Select(i => (int)U64(0x28) + (i * SectionHeaderSize));

    // In the file.
    private int OffsetOf(int symbol) => (int)(U64(Sections.ElementAt(U16(symbol + 6)) + 0x18) + U64(symbol + 8));

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at));

    private ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(at));
}
