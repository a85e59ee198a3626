using System.Text.Json;

namespace Ipcscope.Dashboard.State;

/// <summary>Takes a message over into the state of the agent that sent it; under the fleet's lock.</summary>
internal sealed class MessageTaker(Fleet fleet, AgentState agent)
{
    private readonly ItemReader _reader = new(agent.Name);

    /// <summary>Takes it over.</summary>
    /// <param name="json">The message.</param>
    /// <param name="message">Where its parts are.</param>
    /// <param name="whole">Whether it has everything.</param>
    public void Take(ReadOnlySpan<byte> json, Message message, bool whole)
    {
        if (message.Parts.TryGetValue("health", out Range health))
        {
            agent.Health = json[health].ToArray();
        }
        foreach (Kind kind in Kinds.All)
        {
            HashSet<string>? old = whole ? [.. agent.Items(kind).Keys] : null;
            if (message.Parts.TryGetValue(kind.Name(), out Range part))
            {
                TakeKind(json[part], kind, old);
            }
            foreach (string id in old ?? [])
            {
                Drop(kind, id);
            }
        }
        if (message.Parts.TryGetValue("latency_bounds_seconds", out Range bounds) && !fleet.Latency.TryAgree(json[bounds]))
        {
            agent.Error = "its buckets of duration are not those of the other agents, so the heatmap leaves it out: bring them to the same version";
        }
        if (message.Parts.TryGetValue("latency", out Range latency))
        {
            fleet.Latency.Add(json[latency]);
        }
    }

    private void TakeKind(ReadOnlySpan<byte> json, Kind kind, HashSet<string>? old)
    {
        var reader = new Utf8JsonReader(json);
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool set = reader.ValueTextEquals("set"u8);
            bool gone = reader.ValueTextEquals("gone"u8);
            if (!set && !gone)
            {
                reader.Skip();
                continue;
            }
            Expect(ref reader, JsonTokenType.StartArray);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (gone)
                {
                    Drop(kind, _reader.Id(reader.GetString() ?? ""));
                }
                else if (_reader.Read(json, ref reader, out string? id) is var item && id is not null)
                {
                    old?.Remove(id);
                    Put(kind, id, item);
                }
            }
        }
    }

    private void Put(Kind kind, string id, Item item)
    {
        Dictionary<string, Item> items = agent.Items(kind);
        if (items.TryGetValue(id, out Item? before))
        {
            if (before.IsLike(item))
            {
                return;
            }
        }
        else if (items.Count >= kind.Most())
        {
            agent.Left++;
            return;
        }
        items[id] = item;
        fleet.ChangesOf(kind).OnSet(id);
    }

    private void Drop(Kind kind, string id)
    {
        if (agent.Items(kind).Remove(id))
        {
            fleet.ChangesOf(kind).OnGone(id);
        }
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new JsonException($"found {reader.TokenType}, not {token}");
        }
    }
}
