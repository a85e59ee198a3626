using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Ipcscope.Bpf;

/// <summary>
/// Every import from libbpf 1.1 and libc, under their C names. Functions returning int give a negative errno on failure,
/// those returning a pointer give null and set errno (libbpf 1.0 rules, bpf/libbpf_legacy.h).
/// </summary>
internal static unsafe partial class LibBpf
{
    private const string Library = "libbpf";

    [LibraryImport(Library)]
    internal static partial byte* libbpf_version_string();

    [LibraryImport(Library)]
    internal static partial nint libbpf_set_print(delegate* unmanaged[Cdecl]<int, byte*, nint, int> print);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint bpf_object__open_mem(void* buffer, nuint size, void* options);

    [LibraryImport(Library)]
    internal static partial int bpf_object__load(nint bpfObject);

    [LibraryImport(Library)]
    internal static partial void bpf_object__close(nint bpfObject);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint bpf_object__find_map_by_name(nint bpfObject, string name);

    [LibraryImport(Library)]
    internal static partial nint bpf_object__next_map(nint bpfObject, nint previous);

    [LibraryImport(Library)]
    internal static partial nint bpf_object__next_program(nint bpfObject, nint previous);

    [LibraryImport(Library)]
    internal static partial byte* bpf_program__name(nint program);

    [LibraryImport(Library)]
    internal static partial int bpf_program__fd(nint program);

    [LibraryImport(Library)]
    internal static partial int bpf_program__set_autoload(nint program, [MarshalAs(UnmanagedType.U1)] bool autoload);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint bpf_program__attach(nint program);

    [LibraryImport(Library)]
    internal static partial int bpf_link__fd(nint link);

    [LibraryImport(Library)]
    internal static partial int bpf_link__destroy(nint link);

    [LibraryImport(Library)]
    internal static partial int bpf_prog_test_run_opts(int program, TestRun* options);

    [LibraryImport(Library)]
    internal static partial int bpf_iter_create(int linkFd);

    [LibraryImport(Library)]
    internal static partial byte* bpf_map__name(nint map);

    [LibraryImport(Library)]
    internal static partial int bpf_map__set_autocreate(nint map, [MarshalAs(UnmanagedType.U1)] bool autocreate);

    [LibraryImport(Library)]
    internal static partial int bpf_map__fd(nint map);

    [LibraryImport(Library)]
    internal static partial int bpf_map__set_max_entries(nint map, uint entries);

    [LibraryImport(Library)]
    internal static partial void* bpf_map__initial_value(nint map, nuint* size);

    [LibraryImport(Library)]
    internal static partial int bpf_map_lookup_elem(int fd, void* key, void* value);

    [LibraryImport(Library)]
    internal static partial int bpf_map_update_elem(int fd, void* key, void* value, ulong flags);

    [LibraryImport(Library)]
    internal static partial int bpf_map_delete_elem(int fd, void* key);

    [LibraryImport(Library)]
    internal static partial int bpf_map_get_next_key(int fd, void* key, void* nextKey);

    [LibraryImport(Library)]
    internal static partial int bpf_obj_get_info_by_fd(int fd, void* info, uint* length);

    [LibraryImport(Library)]
    internal static partial int bpf_prog_get_next_id(uint start, uint* next);

    [LibraryImport(Library)]
    internal static partial int bpf_prog_get_fd_by_id(uint id);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int bpf_prog_load(int type, string name, string license, void* instructions, nuint count, void* options);

    [LibraryImport(Library)]
    internal static partial int bpf_enable_stats(int type);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint btf__load_vmlinux_btf();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int btf__find_by_name_kind(nint btf, string name, uint kind);

    [LibraryImport(Library)]
    internal static partial uint* btf__type_by_id(nint btf, uint id);

    [LibraryImport(Library)]
    internal static partial void btf__free(nint btf);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial void* mmap(void* address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc")]
    internal static partial int munmap(void* address, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(int fd, void* buffer, nuint count);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint readlink(string path, byte* buffer, nuint size);

    [LibraryImport("libc")]
    internal static partial int close(int fd);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int statx(int directory, string path, int flags, uint mask, StatX* result);

    [LibraryImport("libc")]
    internal static partial int capget(void* header, void* data);

    [LibraryImport("libc")]
    internal static partial int capset(void* header, void* data);

    [LibraryImport("libc")]
    internal static partial int prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc")]
    internal static partial int clock_gettime(int clock, TimeSpec* result);

    [LibraryImport("libc")]
    internal static partial int malloc_trim(nuint kept);

    [LibraryImport("libc")]
    internal static partial int vasprintf(byte** text, byte* format, nint arguments);
}
