using Ipcscope.Decode;

namespace Ipcscope.Objects;

/// <summary>The words for what a mechanism has several kinds of.</summary>
internal static class Kinds
{
    /// <summary>memfd_create(2).</summary>
    public const string Memfd = "memfd";
    /// <summary>MAP_SHARED | MAP_ANONYMOUS.</summary>
    public const string Anonymous = "anonymous";
    /// <summary>sem_open(3): a file that begins with <c>sem.</c>.</summary>
    public const string Semaphore = "semaphore";
    /// <summary>A file of a hugetlbfs that is mounted.</summary>
    public const string Hugetlb = "hugetlb";
    /// <summary>A mapped file of another tmpfs than /dev/shm.</summary>
    public const string Tmpfs = "tmpfs";

    /// <summary>The kind of a unix socket.</summary>
    public static string Of(ChannelKind kind) => kind switch
    {
        ChannelKind.Stream => "stream",
        ChannelKind.Datagram => "dgram",
        ChannelKind.Seqpacket => "seqpacket",
        _ => "",
    };

    /// <summary>The kind of shared memory; empty for what shm_open(3) makes.</summary>
    /// <param name="file">What the kernel knows of it.</param>
    /// <param name="path">Its path.</param>
    public static string Of(in ObjectFile file, string path) =>
        (file.Marks & ObjectMarks.KernelMount) != 0
            ? path.StartsWith("/memfd:", StringComparison.Ordinal) ? Memfd : Anonymous
        : (file.Marks & ObjectMarks.Hugetlb) != 0 ? Hugetlb
        : (file.Marks & ObjectMarks.ShmMount) == 0 ? Tmpfs
        : Path.GetFileName(path.AsSpan()).StartsWith("sem.", StringComparison.Ordinal) ? Semaphore
        : "";
}
