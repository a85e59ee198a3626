namespace Ipcscope.Api;

/// <summary>Who is at the ends of a channel. It is kept from row to row as long as nobody comes or goes.</summary>
/// <param name="ended">How many of the channel's flows are of processes that have ended.</param>
internal sealed class ChannelEndpoints(int ended = 0)
{
    private const int Most = 32;

    /// <summary>All, who has used it first.</summary>
    public List<Endpoint> All { get; } = [];

    /// <summary>How many of the channel's flows are of processes that have ended.</summary>
    public int Ended => ended;

    /// <summary>Ids of those that edges are told of.</summary>
    public string[] Ids => field ??= [.. All.Take(Most).Select(end => end.Id).Distinct()];

    /// <summary>All as JSON: <c>endpoints</c>.</summary>
    public byte[] Text => field ??= FieldText.Make(json => ChannelJson.Write(json, All));
}
