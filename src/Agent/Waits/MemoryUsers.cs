using Ipcscope.Decode;
using Ipcscope.Objects;

namespace Ipcscope.Waits;

/// <summary>Who has which shared memory mapped now. Read once, when somebody waits for a lock.</summary>
internal sealed class MemoryUsers
{
    private readonly Dictionary<(ulong Inode, uint Device), Dictionary<uint, string>> _users = [];

    private MemoryUsers()
    {
    }

    /// <summary>Asks the kernel.</summary>
    /// <exception cref="Bpf.BpfException">It refused.</exception>
    internal static MemoryUsers Read(ObjectPrograms programs)
    {
        var users = new MemoryUsers();
        programs.ReadMappings((in HolderRecord record) => users.Add(record));
        return users;
    }

    /// <summary>The processes that map what a futex lies in, by pid.</summary>
    internal IEnumerable<(uint Pid, string Name)> Of(in ChannelKey futex) =>
        _users.TryGetValue((futex.Inode, futex.Device), out Dictionary<uint, string>? found) ? found.OrderBy(user => user.Key).Select(user => (user.Key, user.Value)) : [];

    private void Add(in HolderRecord record)
    {
        (ulong, uint) key = (record.File.Channel.Inode, record.File.Channel.Device);
        if (!_users.TryGetValue(key, out Dictionary<uint, string>? users))
        {
            _users.Add(key, users = []);
        }
        users[record.Pid] = record.Comm.Text();
    }
}
