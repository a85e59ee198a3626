using System.Runtime.InteropServices;
using System.Text.Json;

namespace Ipcscope.Api;

/// <summary>Items of one kind as JSON, and how they differ from those of the look before.</summary>
/// <param name="name">What it is called in events.</param>
internal sealed class Section(string name)
{
    private const int Growth = 32;
    private const int MostSpare = 4096;

    private readonly Dictionary<string, Item> _items = [];
    private readonly List<Item> _changed = [];
    private readonly Stack<Item> _spare = new(); // of items that are gone
    private readonly List<string> _gone = [];
    private uint _look;

    private sealed class Item
    {
        private byte[] _memory = [];
        private int _length;

        public object? Source { get; set; }

        public uint Look { get; set; }

        public ReadOnlySpan<byte> Json
        {
            get => _memory.AsSpan(0, _length);
            set
            {
                if (_memory.Length < value.Length)
                {
                    _memory = new byte[value.Length + Growth]; // numbers get longer
                }
                value.CopyTo(_memory);
                _length = value.Length;
            }
        }
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
        if (!_items.TryGetValue(id, out Item? item) || item.Source is null || !item.Source.Equals(source))
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
        ref Item? item = ref CollectionsMarshal.GetValueRefOrAddDefault(_items, id, out bool known);
        item ??= _spare.TryPop(out Item? spare) ? spare : new Item();
        item.Look = _look;
        item.Source = source;
        if (!known || !json.SequenceEqual(item.Json))
        {
            item.Json = json;
            _changed.Add(item);
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
                if (_spare.Count < MostSpare)
                {
                    _spare.Push(item);
                }
            }
        }
    }

    /// <summary>Writes what differs.</summary>
    public void WriteDelta(Utf8JsonWriter json) => Write(json, _changed, _gone);

    /// <summary>Writes everything.</summary>
    public void WriteAll(Utf8JsonWriter json) => Write(json, _items.Values, []);

    private void Write(Utf8JsonWriter json, IReadOnlyCollection<Item> items, List<string> gone)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("set"u8);
        foreach (Item item in items)
        {
            json.WriteRawValue(item.Json, skipInputValidation: true);
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
