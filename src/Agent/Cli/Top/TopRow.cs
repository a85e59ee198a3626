using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Export;
using Ipcscope.Findings;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Cli;

/// <summary>What happened in one channel or process between two looks.</summary>
/// <param name="name">What it is called.</param>
/// <param name="channel">The channel; null in a row of a process.</param>
/// <param name="process">The process; null in a row of a channel.</param>
internal sealed class TopRow(string name, Channel? channel, Process? process)
{
    private readonly List<(Process Who, DataDirection Direction)> _users = [];
    private readonly HashSet<ChannelKey> _channels = [];
    private FlowCounters _growth;

    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>The channel; null in a row of a process.</summary>
    public Channel? Channel => channel;

    /// <summary>The process; null in a row of a channel.</summary>
    public Process? Process => process;

    /// <summary>Where the process runs.</summary>
    public Place Place { get; init; } = Place.Host;

    /// <summary>Bit n: mechanism n is used.</summary>
    public uint Mechanisms { get; private set; }

    /// <summary>Channels that a process uses.</summary>
    public int Channels => _channels.Count;

    /// <summary>Completed operations.</summary>
    public ulong Operations { get; private set; }

    /// <summary>Bytes written or sent.</summary>
    public ulong BytesOut { get; private set; }

    /// <summary>Bytes read or received.</summary>
    public ulong BytesIn { get; private set; }

    /// <summary>
    /// Bytes that went through: those of a pipe or queue are written and read, and the same ones; a socket and another process's memory have two directions.
    /// </summary>
    public ulong Bytes => channel?.Mechanism is null or Mechanism.Unix or Mechanism.Tcp or Mechanism.Udp or Mechanism.Vsock or Mechanism.Netlink or Mechanism.ProcessVm
        ? BytesOut + BytesIn
        : Math.Max(BytesOut, BytesIn);

    /// <summary>Time spent in calls, and the part of it in calls that slept, by what they waited for.</summary>
    public WaitShares Waits { get; } = new();

    /// <summary>Who is at the ends and was not seen using them; who was is among them, too.</summary>
    public IReadOnlyList<End> Peers { get; set; } = [];

    /// <summary>Whether all of its users were seen moving data in one direction only.</summary>
    public bool IsOneSided => _users.Select(user => user.Direction).Distinct().Count() == 1;

    /// <summary>What more is known of a futex or queue.</summary>
    public ChannelState State { get; set; }

    /// <summary>The process that holds a futex, as far as its word names one.</summary>
    public Process? Owner => State.Owner(_users.Select(user => user.Who));

    /// <summary>The process that woke a futex's waiters last.</summary>
    public Process? Waker => _users.Select(user => user.Who).FirstOrDefault(user => State.Waker != 0 && user.Key.Pid == State.Waker);

    /// <summary>Failed operations.</summary>
    public ulong Errors => _growth.Errors;

    /// <summary>Calls that would have had to wait: no operations.</summary>
    public ulong WouldBlock => _growth.WouldBlock;

    /// <summary>Median duration in seconds, the upper bound of its bucket; NaN without operations.</summary>
    public double P50 { get; private set; } = double.NaN;

    /// <summary>99th percentile of the duration in seconds, the upper bound of its bucket; NaN without operations.</summary>
    public double P99 { get; private set; } = double.NaN;

    /// <summary>Seconds that what was read had lain in its queue, weighed by bytes or messages.</summary>
    public TopTimes Delivery { get; private set; }

    /// <summary>Seconds until answers came, or went out.</summary>
    public TopTimes Turnaround { get; private set; }

    /// <summary>Whether anything happened, or something does not that should.</summary>
    public bool IsActive => Operations > 0 || WouldBlock > 0 || LongestWait is not null;

    /// <summary>The call that waits longest for room or a lock, now; null: none.</summary>
    public Wait? LongestWait { get; private set; }

    /// <summary>Notes a call that waits for room or a lock.</summary>
    public void Add(Wait wait)
    {
        Mechanisms |= 1u << (int)wait.Call.Flow.Mechanism;
        if (LongestWait is null || wait.Call.Age > LongestWait.Call.Age)
        {
            LongestWait = wait;
        }
    }

    /// <summary><c>writer[7] ≥ 40 s full: to be drained by reader[8] (stopped)</c>, in a process's row without who it is; empty: nobody waits.</summary>
    public string WaitsFor()
    {
        if (LongestWait is not { } wait)
        {
            return "";
        }
        string who = channel is null ? "" : $"{wait.Call.Label} ";
        string parties = WaitText.Parties(wait);
        return $"{who}{Activities.Age(wait.Call)} {Words.Reasons[(int)wait.Call.Reason]}{(parties.Length > 0 ? $": {parties}" : "")}";
    }

    /// <summary>Adds what a flow or a series has grown by.</summary>
    public void Add(Process who, Mechanism mechanism, Operation operation, in FlowCounters growth)
    {
        DataDirection direction = OperationTraits.Direction(operation);
        _growth.Add(growth);
        Waits.Add(WaitReasons.Reason(mechanism, operation), growth);
        Operations += growth.Operations();
        Mechanisms |= 1u << (int)mechanism;
        (BytesOut, BytesIn) = direction == DataDirection.Out ? (BytesOut + growth.Bytes, BytesIn) : (BytesOut, BytesIn + growth.Bytes);
        if (channel is not null && !_users.Contains((who, direction)))
        {
            _users.Add((who, direction));
        }
    }

    /// <summary>Notes that a process uses a channel.</summary>
    public void Use(in ChannelKey key) => _channels.Add(key);

    /// <summary>Computes what needs all of the row.</summary>
    public void Complete()
    {
        P50 = _growth.DurationQuantile(0.5);
        P99 = _growth.DurationQuantile(0.99);
        Delivery = TopTimes.Of(_growth.MeanDelivery(), _growth.Delivery);
        Turnaround = TopTimes.Of(_growth.MeanTurnaround(), _growth.Turnaround);
    }

    /// <summary>The names of its mechanisms, with commas between them.</summary>
    public string MechanismNames() => string.Join(',', Words.Mechanisms.Where((_, i) => (Mechanisms >> i & 1) != 0));

    /// <summary>
    /// Who uses a channel: <c>sh[77] → gzip[78]</c>, or without an arrow where all of them do both. Of a socket <c>psql[7] ↔ postgres[8]</c>, with an arrow in one
    /// direction if only that was seen.
    /// </summary>
    public string Users()
    {
        Process[] writers = [.. _users.Where(user => user.Direction == DataDirection.Out).Select(user => user.Who)];
        Process[] readers = [.. _users.Where(user => user.Direction == DataDirection.In).Select(user => user.Who)];
        // Who has moved nothing (opened, mapped …) is on the reading side, unless it writes.
        readers = [.. readers.Concat(_users.Select(user => user.Who).Except(writers)).Distinct()];
        string users = writers.Length == 0 ? List(readers)
            : readers.Length == 0 || writers.ToHashSet().SetEquals(readers) ? List(writers)
            : $"{List(writers)} → {List(readers)}";
        string[] others = [.. Peers.Where(end => !_users.Any(user => user.Who.Key == end.Process)).Select(Label)];
        users = others.Length == 0 ? users
            : !IsOneSided ? $"{users} ↔ {List(others)}"
            : writers.Length > 0 ? $"{users} → {List(others)}" : $"{List(others)} → {users}";
        return $"{users}{Held()}";
    }

    // ", 2 waiting, held by app[123]"
    private string Held()
    {
        if (State.Waiters == 0)
        {
            return "";
        }
        string holder = Owner is { } owner ? $", held by {Label(owner)}" : Waker is { } waker ? $", last woken by {Label(waker)}" : "";
        return $", {State.Waiters} waiting{holder}";
    }

    private static string List(Process[] processes) => List([.. processes.Select(Label)]);

    private static string List(string[] names) => names.Length > 2 ? $"{names[0]}, {names[1]} +{names.Length - 2}" : string.Join(", ", names);

    private static string Label(End end) => EndText.Name(end) + (end.Certainty == Certainty.Exact ? "" : $" {Words.Certainties[(int)end.Certainty]}");

    private static string Label(Process process) => $"{process.Name}[{process.Key.Pid}]";
}
