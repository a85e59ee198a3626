using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Filters;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>Counts the channels that processes hold and of which nothing is counted: since they were not used, or because their flows gave their slots to busier ones.</summary>
/// <param name="mechanisms">Those that the agent observes.</param>
/// <param name="whole">What it observes at all; null: everything.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class Unlisted(IReadOnlyList<Mechanism> mechanisms, FilterExpression? whole, Places places)
{
    /// <summary>How many there are.</summary>
    public int Count(ChannelEnds ends, Traffic traffic)
    {
        HashSet<ChannelKey> found = [];
        foreach (Descriptor descriptor in ends.Descriptors)
        {
            if (!traffic.IsUsed(descriptor.Key) && mechanisms.Contains(descriptor.Info.Mechanism) && !found.Contains(descriptor.Key) && IsObserved(descriptor))
            {
                found.Add(descriptor.Key);
            }
        }
        return found.Count;
    }

    private bool IsObserved(Descriptor descriptor)
    {
        if (whole is null)
        {
            return true;
        }
        Mechanism mechanism = descriptor.Info.Mechanism;
        var sample = new FlowSample
        {
            Process = new Process(descriptor.Process, descriptor.Name, descriptor.Cgroup),
            Channel = new Channel(descriptor.Key, mechanism) { Name = ChannelNames.Name(descriptor.Key, descriptor.Info), Kind = descriptor.Info.Kind, Peer = ChannelNames.Peer(descriptor.Info) },
        };
        var subject = new FlowSubject(places);
        return Matches(descriptor.Readable, DataOperations.Taking(mechanism)) || Matches(descriptor.Writable, DataOperations.Giving(mechanism));

        bool Matches(bool can, Operation operation)
        {
            sample.Operation = operation;
            return can && whole.Matches(subject.Of(sample));
        }
    }
}
