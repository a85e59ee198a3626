using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Ipcscope.Api;

/// <summary>Items of one kind as JSON, and how they differ from those of the look before.</summary>
/// <param name="name">What it is called in events.</param>
internal sealed class Section(string name)
{
    private readonly Dictionary<string, Item> _items = [];
    private readonly List<byte[]> _changed = [];
    private readonly List<string> _gone = [];
    private uint _look;

    private struct Item
    {
        public object? Source;
        public byte[] Json;
        public uint Look;
    }

    /// <summary>Begins a look.</summary>
    public void Begin()
    {
        _look++;
        _changed.Clear();
        _gone.Clear();
    }

    /// <summary>Takes an item as it was, if it was made of the same.</summary>
    /// <returns>False: it has to be written.</returns>
    public bool Keep(string id, object source)
    {
        ref Item item = ref CollectionsMarshal.GetValueRefOrNullRef(_items, id);
        if (Unsafe.IsNullRef(ref item) || item.Source is null || !item.Source.Equals(source))
        {
            return false;
        }
        item.Look = _look;
        return true;
    }

    /// <summary>Takes an item.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="json">What it is.</param>
    /// <param name="source">What it was made of; null: that may change, and be the same object.</param>
    public void Put(string id, ReadOnlySpan<byte> json, object? source)
    {
        ref Item item = ref CollectionsMarshal.GetValueRefOrAddDefault(_items, id, out bool known);
        item.Look = _look;
        item.Source = source;
        if (!known || !json.SequenceEqual(item.Json))
        {
            item.Json = json.ToArray();
            _changed.Add(item.Json);
        }
    }

    /// <summary>Ends a look: what was not taken is gone.</summary>
    public void End()
    {
        foreach ((string id, Item item) in _items)
        {
            if (item.Look != _look)
            {
                _gone.Add(id);
                _items.Remove(id);
            }
        }
    }

    /// <summary>Writes what differs.</summary>
    public void WriteDelta(Utf8JsonWriter json) => Write(json, _changed, _gone);

    /// <summary>Writes everything.</summary>
    public void WriteAll(Utf8JsonWriter json) => Write(json, _items.Values.Select(item => item.Json), []);

    private void Write(Utf8JsonWriter json, IEnumerable<byte[]> items, List<string> gone)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("set"u8);
        foreach (byte[] item in items)
        {
            json.WriteRawValue(item, skipInputValidation: true);
        }
        json.WriteEndArray();
        json.WriteStartArray("gone"u8);
        foreach (string id in gone)
        {
            json.WriteStringValue(id);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
