using System.Runtime.InteropServices;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.Edges;

/// <summary>All that are at an end of an edge, or may be.</summary>
internal sealed class Parties
{
    private readonly Dictionary<ProcessKey, Party> _processes = [];
    private readonly Dictionary<string, Party> _addresses = [];
    private Dictionary<ProcessKey, ulong> _cgroups = [];

    /// <summary>Signals that the kernel sends by itself, and what sockets tell it.</summary>
    public Party Kernel { get; } = new(PartyKind.Kernel, new Process(default, "kernel", 0));

    /// <summary>Nobody that is known.</summary>
    public Party Unknown { get; } = new(PartyKind.Unknown, new Process(default, "", 0));

    /// <summary>All processes.</summary>
    public IReadOnlyCollection<Party> Processes => _processes.Values;

    private Party Other { get; } = new(PartyKind.Other, new Process(default, "other", 0));

    /// <summary>Who did something.</summary>
    public Party Of(Process process)
    {
        if (process.Key.Pid == 0)
        {
            return process.Key == default ? Other : Kernel;
        }
        ref Party? party = ref CollectionsMarshal.GetValueRefOrAddDefault(_processes, process.Key, out _);
        party ??= new Party(PartyKind.Process, process);
        if (!party.IsTracked)
        {
            (party.Process, party.IsTracked) = (process, true);
        }
        return party;
    }

    /// <summary>Notes where those run that no flow tells of.</summary>
    public void Meet(IEnumerable<RunningProcess> running) => _cgroups = running.ToDictionary(process => process.Key, process => process.Cgroup);

    /// <summary>Who has one end.</summary>
    public Party Of(in End end) => end.IsKernel ? Kernel : Of(end.Process, end.Name);

    /// <summary>Who gets a signal, or whose memory it is, as far as the channel tells: the process has gone before somebody looked.</summary>
    public Party Target(Channel channel) => Of(new ProcessKey(0, channel.Info.Target, 0), ChannelNames.Path(channel.Info));

    /// <summary>An address elsewhere.</summary>
    public Party Remote(string address)
    {
        ref Party? party = ref CollectionsMarshal.GetValueRefOrAddDefault(_addresses, address, out _);
        return party ??= new Party(PartyKind.Remote, new Process(default, address, 0));
    }

    /// <summary>Notes who has ended meanwhile of those that no flow tells of. A successor with the same number counts as it.</summary>
    public void FindEnded(ulong now)
    {
        foreach (Party party in _processes.Values.Where(party => !party.IsTracked && party.Process.EndedAt == 0))
        {
            party.Process.EndedAt = Directory.Exists($"/proc/{party.Process.Key.Pid}") ? 0 : now;
        }
    }

    /// <summary>Forgets all others.</summary>
    public void Keep(HashSet<Party> used)
    {
        foreach ((ProcessKey key, Party party) in _processes)
        {
            if (!used.Contains(party))
            {
                _processes.Remove(key);
            }
        }
        foreach ((string address, Party party) in _addresses)
        {
            if (!used.Contains(party))
            {
                _addresses.Remove(address);
            }
        }
    }

    private Party Of(in ProcessKey key, string name)
    {
        ref Party? party = ref CollectionsMarshal.GetValueRefOrAddDefault(_processes, key, out _);
        return party ??= new Party(PartyKind.Process, new Process(key, name, _cgroups.GetValueOrDefault(key)) { Executable = Enrich.Executables.Read(key.Pid) }, isTracked: false);
    }
}
