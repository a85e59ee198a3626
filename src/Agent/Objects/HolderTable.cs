using System.Runtime.InteropServices;
using Ipcscope.Decode;

namespace Ipcscope.Objects;

/// <summary>Who holds which object that is a file, collected from descriptors and mappings.</summary>
/// <param name="own">The agent's namespaces: a name as it is seen there is preferred.</param>
internal sealed class HolderTable(OwnNamespaces own)
{
    private readonly Dictionary<ChannelKey, Holding> _holdings = [];

    /// <summary>All of them.</summary>
    public IReadOnlyDictionary<ChannelKey, Holding> All => _holdings;

    /// <summary>Adds a descriptor or mapping.</summary>
    public void Add(in HolderRecord record)
    {
        ref Holding? holding = ref CollectionsMarshal.GetValueRefOrAddDefault(_holdings, KeyOf(record.File), out bool known);
        if (!known)
        {
            holding = new Holding(record.File);
        }
        else if (holding!.File.Ns != own.Mount && record.File.Ns == own.Mount)
        {
            holding.See(record.File);
        }
        holding!.Add(record);
    }

    /// <summary>Who holds a POSIX queue or file, or has a segment attached.</summary>
    public IReadOnlyList<ObjectUser> UsersOf(in ChannelKey key) => _holdings.TryGetValue(key, out Holding? holding) ? holding.Users : [];

    /// <summary>What tells files apart: those of visible file systems by device and number, as stat(2) does; the rest needs its address, too.</summary>
    public static ChannelKey KeyOf(in ObjectFile file) =>
        (file.Marks & ObjectMarks.KernelMount) != 0 || file.Mechanism is Mechanism.Unix ? file.Channel : file.Channel with { Guard = 0 };
}
