using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>
/// Pipes that belong together: one carries what a process asks another, the other one the answers. The kernel knows nothing of it;
/// it is so if each of two processes writes to one pipe alone, which the other alone reads.
/// </summary>
internal static class PipePairs
{
    /// <summary>The pairs among flows of pipes. Who wrote first has asked.</summary>
    /// <param name="flows">Flows with the time at which each was first seen.</param>
    internal static IEnumerable<(ChannelKey Requests, ChannelKey Answers)> Find(IEnumerable<(FlowKey Key, ulong FirstSeen)> flows)
    {
        var oneWay = new Dictionary<(ProcessKey From, ProcessKey To), (ChannelKey Channel, ulong FirstWritten, int Pipes)>();
        foreach (IGrouping<ChannelKey, (FlowKey Key, ulong FirstSeen)> pipe in flows.GroupBy(flow => flow.Key.Channel))
        {
            ProcessKey[] writers = Users(pipe, Operation.Write), readers = Users(pipe, Operation.Read);
            if (writers.Length == 1 && readers.Length == 1 && writers[0] != readers[0])
            {
                (ProcessKey, ProcessKey) ends = (writers[0], readers[0]);
                ulong first = pipe.Where(flow => flow.Key.Operation == Operation.Write).Min(flow => flow.FirstSeen);
                oneWay[ends] = (pipe.Key, first, oneWay.GetValueOrDefault(ends).Pipes + 1);
            }
        }
        foreach (((ProcessKey from, ProcessKey to), (ChannelKey channel, ulong first, int pipes)) in oneWay)
        {
            if (pipes == 1 && oneWay.TryGetValue((to, from), out (ChannelKey Channel, ulong FirstWritten, int Pipes) back) && back.Pipes == 1
                && first < back.FirstWritten)
            {
                yield return (channel, back.Channel);
            }
        }
    }

    private static ProcessKey[] Users(IEnumerable<(FlowKey Key, ulong FirstSeen)> pipe, Operation operation) =>
        [.. pipe.Where(flow => flow.Key.Operation == operation).Select(flow => flow.Key.Process).Distinct()];
}
