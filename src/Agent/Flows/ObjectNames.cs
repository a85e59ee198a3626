using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>What people call queues, semaphores and memory.</summary>
internal static class ObjectNames
{
    /// <summary><c>msg:65538 key 0x51</c>. Without an id (a failed get) its key, without both (a failed shmdt) the namespace.</summary>
    internal static string SystemV(in ChannelKey key, in ChannelInfo info)
    {
        string word = info.Mechanism switch { Mechanism.SysvMsg => "msg", Mechanism.SysvSem => "sem", _ => "shm" };
        bool exists = (int)info.Id >= 0;
        bool named = (uint)info.Key != 0;
        return exists ? $"{word}:{(int)info.Id}{(named ? $" key 0x{(uint)info.Key:x}" : "")}"
            : named ? $"key 0x{(uint)info.Key:x}"
            : $"{word}:[{(info.Ns != 0 ? info.Ns : key.Device)}]";
    }

    /// <summary>The same from its key alone: the number of a failed get is its key behind a bit of its own (bpf/include/sysv.h).</summary>
    internal static string SystemV(in FlowKey flow)
    {
        ulong number = flow.Channel.Inode;
        bool failed = number >> 32 != 0;
        return SystemV(
            flow.Channel, new ChannelInfo { Mechanism = flow.Mechanism, Id = failed ? uint.MaxValue : number, Key = failed ? (uint)number : 0 });
    }

    /// <summary>A POSIX queue, shared memory, a mapped file or a futex in one of them.</summary>
    internal static string Name(in ChannelKey key, in ChannelInfo info)
    {
        string path = ChannelNames.Path(info);
        return info.Mechanism switch
        {
            Mechanism.Mq when path.Length > 0 => $"/{path}",
            Mechanism.Mq => $"mqueue:[{(info.Ns != 0 ? info.Ns : key.Inode)}]",
            Mechanism.FileMap => $"{(path.Length > 0 ? path + " " : "")}[{DeviceNumber.Text(key.Device)}:{key.Inode}]",
            // No device: the word lies in memory of one process alone.
            Mechanism.Futex when key.Device == 0 => $"private[{key.Guard}]+0x{info.Id:x}",
            Mechanism.Futex => $"{(IsNamed(path) ? path : Unnamed(key, path))}+0x{info.Id:x}",
            _ when !IsNamed(path) => Unnamed(key, path),
            _ => path.StartsWith("memfd:", StringComparison.Ordinal) ? path : $"/{path}",
        };
    }

    // What mm/shmem.c and fs/hugetlbfs call memory that nobody has named. memfd_create(2) begins names with "memfd:".
    private static bool IsNamed(string path) => path is not ("" or "dev/zero" or "anon_hugepage");

    private static string Unnamed(in ChannelKey key, string path) => $"{(path == "anon_hugepage" ? "hugetlb" : "anonymous")}:[{key.Inode}]";
}
