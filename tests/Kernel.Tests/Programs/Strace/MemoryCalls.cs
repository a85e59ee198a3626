using Ipcscope.Decode;

namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>Calls on shared memory, and those on futexes, which are in such memory or not shared.</summary>
internal sealed class MemoryCalls
{
    private static readonly string[] Wakes =
    [
        "FUTEX_WAKE", "FUTEX_WAKE_BITSET", "FUTEX_WAKE_OP", "FUTEX_REQUEUE", "FUTEX_CMP_REQUEUE", "FUTEX_CMP_REQUEUE_PI", "FUTEX_UNLOCK_PI",
    ];

    private readonly Dictionary<uint, ulong> _sizes = []; // of System V segments, by id

    internal static IEnumerable<string> Calls =>
    [
        "mmap", "munmap", "mremap", "msync", "ftruncate", "memfd_create", "open", "openat", "creat", "shmat", "shmdt",
        "futex", "futex_waitv",
    ];

    /// <summary>Tells what a call did, and does the same to the address space.</summary>
    internal IEnumerable<Act> Translate(StraceCall call, AddressSpace space)
    {
        ulong first = call.Argument(0).StartsWith("0x", StringComparison.Ordinal) ? call.NumberAt(0) : 0;
        Mapping there = space.At(first);
        switch (call.Name)
        {
            case "mmap":
                return Map(call, space);
            case "munmap":
                if (call.Succeeded)
                {
                    space.Unmap(first, call.NumberAt(1));
                }
                return On(call, there, Operation.Unmap);
            case "mremap":
                if (call.Succeeded)
                {
                    space.Unmap(first, call.NumberAt(1));
                    space.Map(call.Value, call.NumberAt(2), there.Mechanism, there.Channel);
                }
                return On(call, there, Operation.Remap);
            case "msync":
                return On(call, there, Operation.Sync, call.NumberAt(1));
            case "ftruncate" when StraceDescriptors.MemoryOf(call.Argument(0)) == Mechanism.Shm:
                return [Act.Of(call, Mechanism.Shm, 0, Operation.Truncate)];
            case "memfd_create":
            case "open" or "creat" when StraceDescriptors.InMemory(call.Argument(0).Trim('"')):
            case "openat" when StraceDescriptors.InMemory(call.Argument(1).Trim('"')):
                return [Act.Of(call, Mechanism.Shm, 0, Operation.Open)];
            case "shmget" when call.Succeeded:
                _sizes.TryAdd((uint)call.Value, call.NumberAt(1));
                return [];
            case "shmat":
                uint id = (uint)call.NumberAt(0);
                if (call.Succeeded)
                {
                    space.Map(call.Value, _sizes[id], Mechanism.SysvShm, id);
                }
                return [Act.Of(call, Mechanism.SysvShm, id, Operation.Attach)];
            case "shmdt":
                if (call.Succeeded)
                {
                    space.Detach(first);
                }
                return [Act.Of(call, Mechanism.SysvShm, call.Succeeded ? there.Channel : QueueCalls.NoId, Operation.Detach)];
            case "futex":
                return OnWord(call, there, call.Argument(1));
            case "futex_waitv":
                return OnWord(call, FirstShared(call, space), "FUTEX_WAIT");
            default:
                return [];
        }
    }

    private static IEnumerable<Act> Map(StraceCall call, AddressSpace space)
    {
        string flags = call.Argument(3);
        Mechanism mechanism = !flags.Contains("MAP_SHARED", StringComparison.Ordinal) ? Mechanism.None
            : flags.Contains("MAP_ANONYMOUS", StringComparison.Ordinal) ? Mechanism.Shm
            : StraceDescriptors.MemoryOf(call.Argument(4));
        if (call.Succeeded)
        {
            space.Map(call.Value, call.NumberAt(1), mechanism);
        }
        return mechanism == Mechanism.None ? [] : [Act.Of(call, mechanism, 0, Operation.Map)];
    }

    private static IEnumerable<Act> On(StraceCall call, Mapping there, Operation operation, ulong bytes = 0) =>
        there.Mechanism == Mechanism.None ? [] : [Act.Of(call, there.Mechanism, there.Channel, operation, bytes)];

    private static IEnumerable<Act> OnWord(StraceCall call, Mapping there, string operation)
    {
        bool isShared = there.Mechanism != Mechanism.None && !operation.Contains("PRIVATE", StringComparison.Ordinal);
        Operation done = Wakes.Contains(operation.Split('|')[0]) ? Operation.Wake : Operation.Wait;
        return isShared ? [Act.Of(call, Mechanism.Futex, 0, done)] : [];
    }

    private static Mapping FirstShared(StraceCall call, AddressSpace space) => call.Argument(0).Split("uaddr=").Skip(1)
        .Where(word => !word.Contains("PRIVATE", StringComparison.Ordinal))
        .Select(word => space.At(StraceCall.Number(word.Split(',')[0])))
        .FirstOrDefault(mapping => mapping.Mechanism != Mechanism.None);
}
