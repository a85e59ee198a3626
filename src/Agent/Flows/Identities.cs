using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>The processes and channels that flows refer to. Used under the table's gate.</summary>
internal sealed class Identities(ISlotStore store)
{
    private readonly Dictionary<(ProcessKey, ulong Cgroup), Process> _processes = [];
    private readonly Dictionary<uint, List<Process>> _running = []; // images by pid, for what ends all of them
    private readonly Dictionary<ChannelKey, (Channel Channel, int Flows)> _channels = [];

    /// <summary>Process images seen since the start.</summary>
    internal ulong Seen { get; private set; }

    /// <summary>Those whose executable is known.</summary>
    internal ulong Named { get; private set; }

    /// <summary>Stands for everybody whose flow found no slot.</summary>
    internal static Process Other { get; } = new(default, "other", 0);

    /// <summary>The pids of all that have not ended.</summary>
    internal IReadOnlyList<uint> Running => [.. _running.Keys];

    /// <summary>Who a flow belongs to, made at first sight: a process image in a cgroup.</summary>
    internal Process Process(in FlowKey flow, in Comm comm)
    {
        ProcessKey key = flow.Process;
        if (!_processes.TryGetValue((key, flow.Cgroup), out Process? process))
        {
            process = new Process(key, comm.Text(), flow.Cgroup) { Executable = Enrich.Executables.Read(key.Pid), Where = store.Locate(flow.Cgroup, key.Pid) };
            _processes.Add((key, flow.Cgroup), process);
            Seen++;
            Named += process.Executable.Length > 0 || key.Pid == 0 ? 1UL : 0; // the kernel has none
            if (!_running.TryGetValue(key.Pid, out List<Process>? images))
            {
                _running.Add(key.Pid, images = []);
            }
            images.Add(process);
        }
        return process;
    }

    /// <summary>Marks the images of a process as ended: all of them, or (after exec) all but the new one.</summary>
    internal void Ended(uint pid, ulong now, uint? newImage = null)
    {
        if (!_running.TryGetValue(pid, out List<Process>? images))
        {
            return;
        }
        foreach (Process process in images.Where(image => image.Key.ExecId != newImage))
        {
            process.EndedAt = now;
        }
        images.RemoveAll(image => image.EndedAt != 0);
        if (images.Count == 0)
        {
            _running.Remove(pid);
        }
    }

    /// <summary>Forgets a process image.</summary>
    internal void Forget(Process process) => _processes.Remove((process.Key, process.Cgroup));

    /// <summary>A further flow uses this channel. Its name is looked up again, because connecting changes it.</summary>
    internal Channel Use(in ChannelKey key, Mechanism mechanism)
    {
        (Channel channel, int flows) = _channels.TryGetValue(key, out (Channel, int) known)
            ? known
            : (new Channel(key, mechanism), 0);
        if (store.TryDescribe(key, out ChannelInfo info))
        {
            channel.Info = info;
            channel.Kind = info.Kind;
            channel.Name = ChannelNames.Name(key, info);
            channel.Peer = ChannelNames.Peer(info);
        }
        _channels[key] = (channel, flows + 1);
        return channel;
    }

    /// <summary>Counts the channels that flows use.</summary>
    internal void CountChannels(Span<int> byMechanism)
    {
        foreach ((Channel channel, _) in _channels.Values)
        {
            byMechanism[(int)channel.Mechanism]++;
        }
    }

    /// <summary>A flow does not use this channel any more.</summary>
    internal void Leave(Channel channel)
    {
        int flows = _channels[channel.Key].Flows - 1;
        if (flows > 0)
        {
            _channels[channel.Key] = (channel, flows);
            return;
        }
        _channels.Remove(channel.Key);
        store.Forget(channel.Key);
    }
}
