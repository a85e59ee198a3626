using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>
/// Names the processes at the other end of single operations, for the thread that reads the ring: it looks who is there when a channel is new or what
/// it knows is old, and keeps who was there last, because data outlives those who wrote it.
/// </summary>
/// <param name="source">Tells who is at which end; null: nobody can.</param>
/// <param name="time">Clock.</param>
internal sealed class PeerEnds(IEndSource? source, TimeProvider time)
{
    private const int MaximumNames = 4096;
    private const int NamesShown = 2;

    /// <summary>A look costs a walk through all descriptors: it may take at most this part of the time.</summary>
    private const int Thrift = 20;

    /// <summary>A descriptor may go to another process at any time.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(ChannelKey Channel, bool Out, ProcessKey Self), (string Text, long Look)> _names = [];
    private ChannelEnds? _ends;
    private long _look;
    private long _looked;
    private long _next;

    /// <summary>Where flows are; null before the capture has started.</summary>
    public IFlowSource? Flows { get; set; }

    /// <summary>Why nobody can be told any more; null: they can.</summary>
    public string? Lack { get; private set; }

    /// <summary><c>gzip[78]</c>, <c>a[1] b[2] +3</c>, <c>kernel</c>; <c>redis[981] hint</c>, if it is not exact. Empty: nobody is known.</summary>
    public string Of(in FlowKey flow)
    {
        DataDirection direction = OperationTraits.Direction(flow.Operation);
        if (source is null || Lack is not null || Flows is null || direction == DataDirection.None || !IsHeld(flow.Mechanism))
        {
            return "";
        }
        var key = (flow.Channel, direction == DataDirection.Out, flow.Process);
        bool known = _names.TryGetValue(key, out (string Text, long Look) name);
        if (known && name.Look == _look && name.Text.Length > 0 && time.GetElapsedTime(_looked) < Freshness)
        {
            return name.Text;
        }
        LookAgain(source, Flows);
        if (known && name.Look == _look)
        {
            return name.Text;
        }
        if (_names.Count >= MaximumNames)
        {
            _names.Clear();
        }
        string text = Describe(flow, direction);
        _names[key] = (text.Length > 0 ? text : name.Text ?? "", _look);
        return _names[key].Text;
    }

    // Channels that descriptors stand for; the ends of others take longer to find than a line may wait.
    private static bool IsHeld(Mechanism mechanism) => mechanism is Mechanism.Pipe or Mechanism.Fifo or Mechanism.Unix or Mechanism.Tcp or Mechanism.Udp
        or Mechanism.Vsock or Mechanism.Netlink or Mechanism.Pty or Mechanism.Eventfd or Mechanism.Mq;

    private void LookAgain(IEndSource from, IFlowSource flows)
    {
        long now = time.GetTimestamp();
        if (now < _next)
        {
            return;
        }
        try
        {
            _ends = from.Read(flows);
        }
        catch (CaptureException refusal)
        {
            Lack = refusal.Message;
            return;
        }
        _looked = time.GetTimestamp();
        _next = _looked + (Thrift * (_looked - now));
        _look++;
    }

    private string Describe(in FlowKey flow, DataDirection direction)
    {
        if (_ends is not { } ends)
        {
            return "";
        }
        IReadOnlyList<End> there = direction == DataDirection.Out ? ends.Readers(flow.Channel, flow.Mechanism) : ends.Writers(flow.Channel, flow.Mechanism);
        if (there.Count == 0)
        {
            there = Former(ends, flow.Channel, direction);
        }
        ProcessKey self = flow.Process;
        if (flow.Mechanism == Mechanism.Pty)
        {
            Access side = ends.Holders(flow.Channel).FirstOrDefault(end => end.Process == self).Access & Access.Master;
            there = [.. there.Where(end => (end.Access & Access.Master) != side)];
        }
        List<End> others = [.. there.Where(end => end.Process != self)];
        return Names(others.Count > 0 ? others : there);
    }

    // Who used the other end, and has ended since.
    private static List<End> Former(ChannelEnds ends, ChannelKey channel, DataDirection direction)
    {
        Access wanted = direction == DataDirection.Out ? Access.Read : Access.Write;
        return [.. ends.Former(ends.Peer(channel) ?? channel).Where(end => (end.Access & wanted) != 0)];
    }

    private static string Names(IReadOnlyList<End> ends)
    {
        if (ends.Count == 0)
        {
            return "";
        }
        string names = string.Join(' ', ends.Take(NamesShown).Select(EndText.Name));
        string more = ends.Count > NamesShown ? $" +{ends.Count - NamesShown}" : "";
        return ends[0].Certainty == Certainty.Exact ? names + more : $"{names}{more} {Export.Words.Certainties[(int)ends[0].Certainty]}";
    }
}
