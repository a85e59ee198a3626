namespace Ipcscope.Dashboard.State;

/// <summary>What is known of one agent; guarded by the fleet's lock.</summary>
/// <param name="address">Where it is.</param>
/// <param name="since">When it was named first.</param>
internal sealed class AgentState(string address, DateTimeOffset since)
{
    private readonly Dictionary<string, Item>[] _items = [.. Kinds.All.Select(static _ => new Dictionary<string, Item>())];

    /// <summary>Where it is.</summary>
    public string Address { get; } = address;

    /// <summary>Its name: that of its node once it has told, until then its address.</summary>
    public string Name { get; set; } = address;

    /// <summary>Whether it is heard.</summary>
    public LinkState State { get; private set; } = LinkState.Connecting;

    /// <summary>Since when <see cref="State"/> is as it is.</summary>
    public DateTimeOffset Since { get; private set; } = since;

    /// <summary>When it last told something; null: never.</summary>
    public DateTimeOffset? LastSeen { get; set; }

    /// <summary>How far its clock, or what it tells, is behind; below 0: ahead.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>Between two of its messages.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Why it is not heard, or what is wrong with what it tells; null: nothing.</summary>
    public string? Error { get; set; }

    /// <summary>Its health as it told it; empty: it has not.</summary>
    public byte[] Health { get; set; } = [];

    /// <summary>Items that did not fit, in all.</summary>
    public long Left { get; set; }

    /// <summary>What it has of a kind.</summary>
    public Dictionary<string, Item> Items(Kind kind) => _items[(int)kind];

    /// <summary>Goes over into a state; false if it is there.</summary>
    public bool Turn(LinkState state, DateTimeOffset now)
    {
        if (state == State)
        {
            return false;
        }
        (State, Since) = (state, now);
        return true;
    }
}
