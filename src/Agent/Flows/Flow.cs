using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>A flow that owns a slot.</summary>
internal sealed class Flow(uint slot, ulong id, FlowKey key, Series series, Channel channel)
{
    internal uint Slot { get; } = slot;

    internal ulong Id { get; } = id;

    internal FlowKey Key { get; } = key;

    internal Series Series { get; } = series;

    internal Channel Channel { get; } = channel;

    /// <summary>Its failed calls by errno, as last read.</summary>
    internal Dictionary<int, ulong>? Errors { get; private set; }

    /// <summary>How many failed calls <see cref="Errors"/> holds.</summary>
    internal ulong ErrorsKnown { get; private set; }

    /// <summary>So many calls have failed with this errno by now.</summary>
    internal void Learn(int number, ulong count)
    {
        Errors ??= [];
        ErrorsKnown += count - Errors.GetValueOrDefault(number);
        Errors[number] = count;
    }
}
