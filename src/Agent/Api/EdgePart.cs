using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>What one channel tells of an edge.</summary>
/// <param name="Source">Id of who gives.</param>
/// <param name="Destination">Id of who gets.</param>
internal sealed record EdgePart(string Source, string Destination)
{
    private List<Traced>? _took;
    private EdgeDetail? _detail;
    private uint _found;

    /// <summary>Flows in which the destination took something since the look before.</summary>
    public IReadOnlyList<Traced> Took => _took ?? [];

    /// <summary>Nanoseconds that the source waited for room or a lock, of calls that ended since the look before.</summary>
    public ulong Waited { get; private set; }

    /// <summary>Whether it waits now.</summary>
    public bool Waits { get; private set; }

    /// <summary>Whether the channel leads there: else somebody only waits.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>What it adds to; null: there is no such edge.</summary>
    /// <param name="version">Differs whenever there are other edges.</param>
    /// <param name="details">Those there are.</param>
    /// <param name="mechanism">The channel's.</param>
    public EdgeDetail? Find(uint version, Dictionary<(string Source, string Destination, Mechanism Mechanism), EdgeDetail> details, Mechanism mechanism)
    {
        if (_found != version)
        {
            (_found, _detail) = (version, details.GetValueOrDefault((Source, Destination, mechanism)));
        }
        return _detail;
    }

    /// <summary>Of a row whose flows, endpoints and wait are known.</summary>
    public static IReadOnlyList<EdgePart> Of(ChannelRow row)
    {
        List<EdgePart> parts = [];
        string[] ends = row.Ends.Ids;
        foreach (Traced flow in row.Flows)
        {
            foreach (string other in ends)
            {
                if (flow.Direction == DataDirection.Out)
                {
                    EdgePart part = Find(parts, flow.User.Id, other);
                    part.IsUsed = true;
                    part.Waited += flow.Grew && WaitReasons.Reason(flow.Mechanism, flow.Operation) is WaitReason.Full or WaitReason.Lock ? flow.Growth.WaitNs : 0;
                }
                else if (flow.Direction == DataDirection.In)
                {
                    EdgePart part = Find(parts, other, flow.User.Id);
                    part.IsUsed = true;
                    if (flow.Grew)
                    {
                        (part._took ??= []).Add(flow);
                    }
                }
            }
        }
        if (row.LongestWait is { } wait)
        {
            string waiting = Ids.Of(wait.Call.Flow.Process);
            foreach (string other in ends.Where(other => other != waiting))
            {
                Find(parts, waiting, other).Waits = true;
            }
        }
        return parts;
    }

    private static EdgePart Find(List<EdgePart> parts, string source, string destination)
    {
        foreach (EdgePart known in parts)
        {
            if (known.Source == source && known.Destination == destination)
            {
                return known;
            }
        }
        parts.Add(new EdgePart(source, destination));
        return parts[^1];
    }
}
