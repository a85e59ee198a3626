using System.Buffers.Binary;
using System.Text;

namespace Ipcscope.Tests.Bpf;

/// <summary>What lies in a BPF object (elf(5), 64 bits, little endian): sections, functions, and what is to be relocated.</summary>
internal sealed class ObjectFile
{
    private const uint SymbolTable = 2; // SHT_SYMTAB
    private const uint Relocations = 9; // SHT_REL
    private const int FunctionType = 2; // STT_FUNC

    private readonly byte[] _bytes;
    private readonly Section[] _sections;
    private readonly Symbol[] _symbols;

    public ObjectFile(string path)
    {
        _bytes = File.ReadAllBytes(path);
        int start = (int)U64(0x28);
        _sections = [.. Enumerable.Range(0, U16(0x3c)).Select(i => ReadSection(start + (i * 64)))];
        Section table = _sections.Single(section => section.Type == SymbolTable);
        _symbols = [.. Enumerable.Range(0, table.Size / 24).Select(i => ReadSymbol(table.Offset + (i * 24), _sections[table.Link].Offset))];
        Functions = [.. _symbols.Where(symbol => symbol.Type == FunctionType).Select(symbol => new Function(symbol.Name, symbol.Section, symbol.Value, symbol.Size))];
    }

    public IReadOnlyList<Function> Functions { get; }

    /// <summary>The section that programs call into.</summary>
    public int Text => Array.FindIndex(_sections, section => section.Name == ".text");

    public ReadOnlySpan<byte> Code(Function function) => _bytes.AsSpan(_sections[function.Section].Offset + function.Start, function.Size);

    /// <summary>The section and place that each relocated instruction of a section refers to, by its own place.</summary>
    public Dictionary<int, (int Section, int Value)> TargetsOf(int section) => _sections
        .Where(each => each.Type == Relocations && each.Info == section)
        .SelectMany(each => Enumerable.Range(0, each.Size / 16).Select(i => each.Offset + (i * 16)))
        .ToDictionary(at => (int)U64(at), at => _symbols[(int)(U64(at + 8) >> 32)] is var symbol ? (symbol.Section, symbol.Value) : default);

    private Section ReadSection(int at)
    {
        int names = (int)U64((int)U64(0x28) + (U16(0x3e) * 64) + 0x18);
        return new Section(NameAt(names + (int)U32(at)), U32(at + 4), (int)U64(at + 0x18), (int)U64(at + 0x20), (int)U32(at + 0x28), (int)U32(at + 0x2c));
    }

    private Symbol ReadSymbol(int at, int names) => new(NameAt(names + (int)U32(at)), _bytes[at + 4] & 15, U16(at + 6), (int)U64(at + 8), (int)U64(at + 16));

    private string NameAt(int start) => Encoding.ASCII.GetString(_bytes, start, Array.IndexOf(_bytes, (byte)0, start) - start);

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at));

    private ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(at));

    /// <summary>A function, by bytes from the start of its section.</summary>
    internal sealed record Function(string Name, int Section, int Start, int Size);

    private sealed record Section(string Name, uint Type, int Offset, int Size, int Link, int Info);

    private sealed record Symbol(string Name, int Type, int Section, int Value, int Size);
}
