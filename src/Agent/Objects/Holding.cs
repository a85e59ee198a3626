using System.Text;
using Ipcscope.Decode;

namespace Ipcscope.Objects;

/// <summary>An object that is a file, and who holds it.</summary>
/// <param name="file">What the kernel knows of it, as one of its holders sees it.</param>
internal sealed class Holding(in ObjectFile file)
{
    private const string Deleted = " (deleted)"; // d_path, fs/d_path.c
    private readonly SortedDictionary<uint, ObjectUser> _users = [];
    private ObjectFile _file = file;

    /// <summary>What the kernel knows of it.</summary>
    public ref readonly ObjectFile File => ref _file;

    /// <summary>Connections that wait in a listening socket, and how many may.</summary>
    public (ulong Waiting, ulong Limit) Queue { get; private set; }

    /// <summary>Who holds it, by pid.</summary>
    public IReadOnlyList<ObjectUser> Users => [.. _users.Values];

    /// <summary>Its name or path, without what the kernel adds.</summary>
    public string Name => NameOf(_file);

    /// <summary>Adds a descriptor or mapping.</summary>
    public void Add(in HolderRecord record)
    {
        Queue = (record.Queued, record.Capacity);
        int descriptors = record.Length == 0 ? 1 : 0;
        _users[record.Process.Pid] = _users.TryGetValue(record.Process.Pid, out ObjectUser? user)
            ? user with { Descriptors = user.Descriptors + descriptors, Mapped = user.Mapped + record.Length }
            : new ObjectUser(record.Process.Pid, record.Comm.Text(), descriptors, record.Length);
    }

    /// <summary>Takes the view of another holder, who is nearer.</summary>
    public void See(in ObjectFile file) => _file = file;

    /// <summary>The name in a record.</summary>
    public static string NameOf(in ObjectFile file)
    {
        ReadOnlySpan<byte> bytes = ((ReadOnlySpan<byte>)file.Name)[..(int)Math.Min(file.NameLength, 256)];
        if (file.Mechanism == Mechanism.Unix)
        {
            // An abstract name begins with NUL (unix(7)), and people write it with @; a path may end with one.
            return bytes is [0, .. var rest] ? "@" + Encoding.UTF8.GetString(rest).Replace('\0', '@') : Encoding.UTF8.GetString(bytes.TrimEnd((byte)0));
        }
        string name = Encoding.UTF8.GetString(bytes);
        return file.Links == 0 && name.EndsWith(Deleted, StringComparison.Ordinal) ? name[..^Deleted.Length] : name;
    }
}
