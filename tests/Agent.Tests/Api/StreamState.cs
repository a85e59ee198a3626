using System.Text.Json;

namespace Ipcscope.Tests.Api;

/// <summary>What a client knows that keeps what a stream tells it.</summary>
internal sealed class StreamState
{
    /// <summary>The kinds of items.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["channels", "processes", "nodes", "edges", "findings"];

    private readonly Dictionary<(string Kind, string Id), string> _items = [];

    /// <summary>All items, as they came.</summary>
    public IReadOnlyDictionary<(string Kind, string Id), string> Items => _items;

    /// <summary>Takes an event.</summary>
    public void Take(string name, JsonElement data)
    {
        if (name == "snapshot")
        {
            _items.Clear();
        }
        foreach (string kind in Kinds)
        {
            foreach (JsonElement gone in data.GetProperty(kind).GetProperty("gone").EnumerateArray())
            {
                Assert.True(_items.Remove((kind, gone.GetString()!)), $"{gone} of {kind} is gone, and never was there");
            }
            foreach (JsonElement item in data.GetProperty(kind).GetProperty("set").EnumerateArray())
            {
                _items[(kind, item.GetProperty("id").GetString()!)] = item.GetRawText();
            }
        }
    }
}
