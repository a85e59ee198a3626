using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Ipcscope.Bpf;
using Ipcscope.Decode;

namespace Ipcscope.Tests.Decode;

public sealed class ContractLayoutTests
{
    /// <summary>Every struct of bpf/include/contract.h, objects.h and maps.h that crosses the border, and its mirror.</summary>
    public static TheoryData<string, Type> Mirrors => new()
    {
        { "process_key", typeof(ProcessKey) },
        { "channel_key", typeof(ChannelKey) },
        { "flow_key", typeof(FlowKey) },
        { "flow_counters", typeof(FlowCounters) },
        { "flow_slot", typeof(FlowSlot) },
        { "channel_info", typeof(ChannelInfo) },
        { "error_key", typeof(ErrorKey) },
        { "flow_record", typeof(FlowRecord) },
        { "process_record", typeof(ProcessRecord) },
        { "cgroup_info", typeof(CgroupInfo) },
        { "operation_record", typeof(OperationRecord) },
        { "filter", typeof(FilterSettings) },
        { "probe_settings", typeof(ProbeSettings) },
        { "descriptor_record", typeof(DescriptorRecord) },
        { "queue_level", typeof(QueueLevel) },
        { "queue_state", typeof(QueueState) },
        { "task_record", typeof(TaskRecord) },
        { "flow_reference", typeof(FlowReference) },
        { "call_record", typeof(CallRecord) },
        { "object_file", typeof(ObjectFile) },
        { "holder_record", typeof(HolderRecord) },
        { "queue_record", typeof(QueueRecord) },
        { "sysv_record", typeof(SysvRecord) },
        { "map_request", typeof(MapRequest) },
        { "namespace_cursor", typeof(NamespaceCursor) },
    };

    [Theory]
    [MemberData(nameof(Mirrors))]
    public void MirrorHasTheLayoutOfTheBuiltObject(string name, Type mirror)
    {
        ArgumentNullException.ThrowIfNull(mirror);
        using Btf btf = new(Repository.Path("out/bpf/ipcscope.x86.bpf.o"));
        (int size, List<BtfField> fields) = btf.Layout(name);
        IEnumerable<BtfField> expected = fields.Where(field => field.Name != "pad");
        IEnumerable<BtfField> actual = Fields(mirror).Where(field => field.Name != "pad");
        Assert.Equal(expected, actual);
        Assert.Equal(size, SizeOf(mirror));
    }

    private static IEnumerable<BtfField> Fields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(field => new BtfField(CName(field.Name), OffsetOf(type, field)))
            .OrderBy(field => field.Offset);

    // <StartTime>k__BackingField → start_time; DurationNs → duration_ns
    private static string CName(string name)
    {
        name = name.TrimStart('<').Split('>')[0];
        return string.Concat(name.Select((letter, i) =>
            char.IsUpper(letter) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));
    }

    // The distance between the addresses of a value and of its field: what the runtime really does.
    private static int OffsetOf(Type type, FieldInfo field)
    {
        DynamicMethod method = new("offset", typeof(int), [], type.Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        LocalBuilder local = il.DeclareLocal(type);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<int>>()();
    }

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
