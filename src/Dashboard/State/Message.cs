using System.Globalization;
using System.Text.Json;

namespace Ipcscope.Dashboard.State;

/// <summary>What a message of an agent's stream says of itself, and where its parts are: an agent may write them in any order.</summary>
internal readonly ref struct Message
{
    private const int Schema = 1;
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    /// <summary>Reads it.</summary>
    /// <exception cref="JsonException">It is not understood.</exception>
    public Message(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("a message is no object");
        }
        (int schema, Time, Interval, Node) = (0, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), "");
        Parts = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            int begin = (int)reader.TokenStartIndex;
            switch (name)
            {
                case "schema" when reader.TokenType == JsonTokenType.Number:
                    schema = reader.TryGetInt32(out int number) ? number : 0;
                    break;
                case "time" when reader.TokenType == JsonTokenType.String:
                    Time = DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : Time;
                    break;
                case "interval_seconds" when reader.TokenType == JsonTokenType.Number:
                    Interval = TimeSpan.FromSeconds(Math.Clamp(reader.GetDouble(), 0, LongestInterval.TotalSeconds));
                    break;
                default:
                    reader.Skip();
                    Parts[name] = begin..(int)reader.BytesConsumed;
                    break;
            }
        }
        if (schema != Schema)
        {
            throw new JsonException($"it speaks schema {schema}, this dashboard {Schema}: bring both to the same version");
        }
        if (Parts.TryGetValue("health", out Range health))
        {
            Node = ReadNode(json[health]);
        }
    }

    /// <summary>When it was true, by the agent's clock.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Until the next one.</summary>
    public TimeSpan Interval { get; }

    /// <summary>The agent's node; empty: it does not say.</summary>
    public string Node { get; }

    /// <summary>The values of the other properties.</summary>
    public Dictionary<string, Range> Parts { get; }

    private static string ReadNode(ReadOnlySpan<byte> health)
    {
        var reader = new Utf8JsonReader(health);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool node = reader.ValueTextEquals("node"u8);
            reader.Read();
            if (node && reader.TokenType == JsonTokenType.String)
            {
                return reader.GetString()!;
            }
            reader.Skip();
        }
        return "";
    }
}
