using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>Tells what flows have moved, those included that gave their slots back since it was read last. Disposing closes it.</summary>
public interface IFlowJournal : IDisposable
{
    /// <summary>Copies all flows that move something into <paramref name="buffer"/>, which is grown as needed and meant to be reused.</summary>
    /// <returns>How many entries are valid; a flow that was retired is told once more, for the last time.</returns>
    int Copy(ref FlowMove[] buffer);
}

/// <summary>The journal of a flow table. Used under the table's gate.</summary>
internal sealed class FlowJournal(FlowTable table) : IFlowJournal
{
    /// <summary>What retired flows had moved, since the last copy.</summary>
    internal List<FlowMove> Retired { get; } = [];

    /// <inheritdoc/>
    public int Copy(ref FlowMove[] buffer) => table.Copy(this, ref buffer);

    /// <inheritdoc/>
    public void Dispose() => table.Close(this);

    /// <summary>A flow gives its slot back.</summary>
    internal void Retire(Flow flow, in FlowCounters counters)
    {
        if (FlowMove.IsOne(flow.Key.Operation))
        {
            Retired.Add(FlowMove.Of(flow, counters) with { IsLast = true });
        }
    }
}
