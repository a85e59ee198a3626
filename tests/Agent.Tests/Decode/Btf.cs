using System.Runtime.InteropServices;

namespace Ipcscope.Tests.Decode;

/// <summary>A field of a C struct as the BTF of the built object tells it; offset in bytes.</summary>
internal readonly record struct BtfField(string Name, int Offset);

/// <summary>Reads structs out of the BTF of an object file through libbpf.</summary>
internal sealed unsafe partial class Btf : IDisposable
{
    private const uint Struct = 4; // BTF_KIND_STRUCT, include/uapi/linux/btf.h

    private readonly nint _btf;

    internal Btf(string path) => _btf = btf__parse(path, 0) is var btf && btf != 0
        ? btf
        : throw new FileNotFoundException($"no BTF in {path}: run make bpf first", path);

    internal (int Size, List<BtfField> Fields) Layout(string name)
    {
        int id = btf__find_by_name_kind(_btf, name, Struct);
        Assert.True(id > 0, $"the object has no struct {name}");
        uint* type = (uint*)btf__type_by_id(_btf, (uint)id); // struct btf_type: name_off, info, size, then members
        int members = (int)(type[1] & 0xffff);
        List<BtfField> fields = [];
        for (int i = 0; i < members; i++)
        {
            uint* member = type + 3 + (3 * i); // struct btf_member: name_off, type, offset in bits
            fields.Add(new BtfField(Marshal.PtrToStringUTF8(btf__name_by_offset(_btf, member[0]))!, (int)member[2] / 8));
        }
        return ((int)type[2], fields);
    }

    public void Dispose() => btf__free(_btf);

    [LibraryImport("libbpf", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint btf__parse(string path, nint extension);

    [LibraryImport("libbpf", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int btf__find_by_name_kind(nint btf, string name, uint kind);

    [LibraryImport("libbpf")]
    private static partial nint btf__type_by_id(nint btf, uint id);

    [LibraryImport("libbpf")]
    private static partial nint btf__name_by_offset(nint btf, uint offset);

    [LibraryImport("libbpf")]
    private static partial void btf__free(nint btf);
}
