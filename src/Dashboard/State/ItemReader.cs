using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Ipcscope.Dashboard.State;

/// <summary>
/// Makes an agent's items the fleet's: ids are of one agent only, so its name goes before each, and into the item. The rest of the text stays as it came.
/// </summary>
/// <param name="agent">The agent's name, of letters that JSON takes as they are.</param>
internal sealed class ItemReader(string agent)
{
    private const int MostMechanisms = 64;

    // Properties whose strings are ids, in whatever depth.
    private static readonly string[] IdNames = ["id", "process_id", "channel_id", "source", "destination"];
    private static readonly string[] IdListNames = ["channel_ids", "process_ids"];
    private static readonly ConcurrentDictionary<string, string> Mechanisms = new();

    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(agent + "/");
    private readonly byte[] _own = Encoding.UTF8.GetBytes($"\"agent\":\"{agent}\"");
    private readonly ArrayBufferWriter<byte> _text = new(2048);

    /// <summary>The fleet's id of one of the agent's.</summary>
    public string Id(string id) => $"{agent}/{id}";

    /// <summary>Reads an object that stands by itself.</summary>
    /// <exception cref="JsonException">It is no object.</exception>
    public Item ReadOne(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Read(json, ref reader, out _);
    }

    /// <summary>Reads the object that begins where <paramref name="reader"/> stands, and moves it to the object's end.</summary>
    /// <param name="json">What the reader reads.</param>
    /// <param name="reader">Stands at the object's beginning.</param>
    /// <param name="id">The fleet's id; null: it has none.</param>
    /// <exception cref="JsonException">It is no object.</exception>
    public Item Read(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, out string? id)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an item is no object");
        }
        id = null;
        var rates = new Rates();
        _text.ResetWrittenCount();
        int depth = reader.CurrentDepth;
        int copied = (int)reader.TokenStartIndex + 1;
        _text.Write("{"u8);
        _text.Write(_own);
        bool inIds = false;
        bool first = true;
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == depth))
        {
            if (first)
            {
                _text.Write(","u8);
                first = false;
            }
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                bool own = reader.CurrentDepth == depth + 1;
                bool isId = Is(ref reader, IdNames);
                inIds = !isId && Is(ref reader, IdListNames);
                RateName rate = own ? RateNames.Of(ref reader) : RateName.None;
                bool isOwnId = own && isId && reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isId && reader.TokenType == JsonTokenType.String)
                {
                    id = isOwnId ? Id(reader.GetString()!) : id;
                    copied = Prefix(json, ref reader, copied);
                }
                else if (rate != RateName.None)
                {
                    Take(ref reader, rate, ref rates);
                }
            }
            else if (inIds && reader.TokenType == JsonTokenType.String)
            {
                copied = Prefix(json, ref reader, copied);
            }
        }
        _text.Write(json[copied..((int)reader.TokenStartIndex + 1)]);
        return new Item(_text.WrittenSpan, rates);
    }

    private static bool Is(ref Utf8JsonReader reader, string[] names)
    {
        foreach (string name in names)
        {
            if (reader.ValueTextEquals(name))
            {
                return true;
            }
        }
        return false;
    }

    private static void Take(ref Utf8JsonReader reader, RateName rate, ref Rates rates)
    {
        if (rate == RateName.Mechanism && reader.TokenType == JsonTokenType.String)
        {
            string word = reader.GetString()!;
            rates.Mechanism = Mechanisms.TryGetValue(word, out string? known) ? known : Mechanisms.Count < MostMechanisms ? Mechanisms.GetOrAdd(word, word) : word;
        }
        else if (reader.TokenType == JsonTokenType.Number)
        {
            float value = (float)reader.GetDouble();
            switch (rate)
            {
                case RateName.Operations: rates.Operations = value; break;
                case RateName.Bytes: rates.Bytes += value; break;
                case RateName.Wait: rates.Wait += value; break;
                case RateName.Duration: rates.Duration = value; break;
                default: break;
            }
        }
    }

    // All up to the string's quote, then the prefix.
    private int Prefix(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, int copied)
    {
        int quote = (int)reader.TokenStartIndex + 1;
        _text.Write(json[copied..quote]);
        _text.Write(_prefix);
        return quote;
    }
}
