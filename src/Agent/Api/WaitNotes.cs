using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Filters;
using Ipcscope.Findings;
using Ipcscope.Waits;

namespace Ipcscope.Api;

/// <summary>The calls that wait which a filter lets through, and the longest of each channel and process. Only of calls for room or a lock: who reads and finds nothing is idle.</summary>
/// <param name="filter">The filter; null: everything.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class WaitNotes(FilterExpression? filter, Places places)
{
    private readonly Dictionary<ChannelKey, Wait> _channels = [];
    private readonly Dictionary<string, Wait> _processes = [];
    private readonly List<ChannelKey> _alone = [];
    private readonly List<string> _aloneProcesses = [];

    /// <summary>All that are let through.</summary>
    public IReadOnlyList<Wait> Wanted { get; private set; } = [];

    /// <summary>Channels that are shown only because somebody waits: that may have begun before anything was counted.</summary>
    public IReadOnlyList<ChannelKey> Alone => _alone;

    /// <summary>Processes that are shown only because they wait.</summary>
    public IReadOnlyList<string> AloneProcesses => _aloneProcesses;

    /// <summary>The longest wait in a channel; null: none.</summary>
    public Wait? Of(in ChannelKey channel) => _channels.GetValueOrDefault(channel);

    /// <summary>The longest wait of a process; null: none.</summary>
    public Wait? Of(string process) => _processes.GetValueOrDefault(process);

    /// <summary>Takes the calls of a look.</summary>
    public void Take(IReadOnlyList<Wait> waits)
    {
        Wanted = filter is null ? waits : [.. waits.Where(wait => filter.Matches(new CallSubject(wait.Call, wait.Call.Pid, wait.Call.Name, wait.Call.Cgroup, places)))];
        _channels.Clear();
        _processes.Clear();
        foreach (Wait wait in Wanted)
        {
            if (wait.Call.Reason is WaitReason.Full or WaitReason.Lock)
            {
                Note(_channels, wait.Call.Flow.Channel, wait);
                Note(_processes, Ids.Of(wait.Call.Flow.Process), wait);
            }
        }
    }

    /// <summary>Adds rows of channels and processes of which nothing was counted.</summary>
    public void AddAlone(Dictionary<ChannelKey, ChannelRow> channels, Dictionary<string, ProcessRow> processes, RowMaker maker)
    {
        _alone.Clear();
        _aloneProcesses.Clear();
        foreach ((ChannelKey key, Wait wait) in _channels)
        {
            if (!channels.ContainsKey(key))
            {
                channels.Add(key, maker.MakeChannel(wait));
                _alone.Add(key);
            }
        }
        foreach ((string id, Wait wait) in _processes)
        {
            if (!processes.ContainsKey(id))
            {
                processes.Add(id, maker.MakeProcess(wait, id));
                _aloneProcesses.Add(id);
            }
        }
    }

    private static void Note<T>(Dictionary<T, Wait> longest, T key, Wait wait)
        where T : notnull
    {
        if (!longest.TryGetValue(key, out Wait? known) || wait.Call.Age > known.Call.Age)
        {
            longest[key] = wait;
        }
    }
}
