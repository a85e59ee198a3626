using System.Buffers;

namespace Ipcscope.Dashboard.State;

/// <summary>A channel, process, node, edge or finding as it is served: its object, with the agent's name in it and before every id.</summary>
internal sealed class Item
{
    private readonly byte[] _packed;

    /// <summary>Takes a copy.</summary>
    /// <param name="json">The object, in UTF-8.</param>
    /// <param name="rates">What it is sorted and summed up by.</param>
    public Item(ReadOnlySpan<byte> json, in Rates rates) => (_packed, Length, Rates) = (Terse.Shared.Pack(json), json.Length, rates);

    /// <summary>Of its JSON, in bytes.</summary>
    public int Length { get; }

    /// <summary>What it is sorted and summed up by.</summary>
    public Rates Rates { get; }

    /// <summary>Its JSON, made anew.</summary>
    public byte[] Json
    {
        get
        {
            var text = new ArrayBufferWriter<byte>(Length);
            WriteTo(text);
            return text.WrittenSpan.ToArray();
        }
    }

    /// <summary>Writes its JSON.</summary>
    public void WriteTo(IBufferWriter<byte> output) => Terse.Shared.Write(output, _packed);

    /// <summary>Whether the other one says the same.</summary>
    public bool IsLike(Item other) => _packed.AsSpan().SequenceEqual(other._packed);
}
