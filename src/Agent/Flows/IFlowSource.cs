using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>What exporters and screens read. All members may be called from any thread.</summary>
public interface IFlowSource
{
    /// <summary>How many flows own a slot now.</summary>
    int Flows { get; }

    /// <summary>How many slots there are.</summary>
    int FlowsLimit { get; }

    /// <summary>Copies all live flows into <paramref name="buffer"/>, which is grown as needed and meant to be reused.</summary>
    /// <returns>How many entries are valid.</returns>
    int CopyFlows(ref FlowSample[] buffer);

    /// <summary>The same for who looks every second: errors by number are as far as they have been read before, and <see cref="FlowSample.State"/> is not asked for.</summary>
    /// <returns>How many entries are valid.</returns>
    int CopyFlowsQuickly(ref FlowSample[] buffer) => CopyFlows(ref buffer);

    /// <summary>Tells who does what to which channel, without how much: the counters of thousands of flows are megabytes.</summary>
    /// <param name="tell">Is told every live flow.</param>
    void TellUsers(Action<Process, Channel, Operation> tell)
    {
        FlowSample[] flows = [];
        int count = CopyFlows(ref flows);
        foreach (ref readonly FlowSample flow in flows.AsSpan(0, count))
        {
            tell(flow.Process, flow.Channel, flow.Operation);
        }
    }

    /// <summary>Copies all series, live and ended ones that have not expired, the overflow series included.</summary>
    /// <returns>How many entries are valid.</returns>
    int CopySeries(ref SeriesSample[] buffer);

    /// <summary>Counts the channels with a live flow.</summary>
    /// <param name="byMechanism">By the value of <see cref="Decode.Mechanism"/>; added to.</param>
    void CountChannels(Span<int> byMechanism)
    {
        FlowSample[] flows = [];
        int count = CopyFlows(ref flows);
        HashSet<ChannelKey> seen = [];
        foreach (ref readonly FlowSample flow in flows.AsSpan(0, count))
        {
            byMechanism[(int)flow.Channel.Mechanism] += seen.Add(flow.Channel.Key) ? 1 : 0;
        }
    }

    /// <summary>The same without errors by number, and without those of ended processes in which nothing has changed since the last time: they may be many.</summary>
    /// <param name="buffer">As for all of them.</param>
    /// <param name="mark">Where the last time was; 0: there was none.</param>
    /// <returns>How many entries are valid.</returns>
    int CopyRecentSeries(ref SeriesSample[] buffer, ref ulong mark) => CopySeries(ref buffer);

    /// <summary>Opens a journal: from now on nothing that a flow moves is missed, even if it loses its slot. Read it often, or dispose of it.</summary>
    IFlowJournal OpenJournal();
}
