using System.Text.Json;

namespace Ipcscope.Dashboard.State;

/// <summary>How long operations took, by mechanism: what has come since it was last taken; under the fleet's lock.</summary>
internal sealed class LatencyTally
{
    private const int MostBuckets = 256;
    private const int MostMechanisms = 64;

    private Dictionary<string, long[]> _counts = [];

    /// <summary>The upper bounds of the buckets in seconds; the last bucket has none. Empty until an agent has told.</summary>
    public double[] Bounds { get; private set; } = [];

    /// <summary>Takes an agent's bounds over; false if others are in force.</summary>
    public bool TryAgree(ReadOnlySpan<byte> json)
    {
        double[] bounds = [.. ReadNumbers(json).Take(MostBuckets)];
        if (Bounds.Length == 0)
        {
            Bounds = bounds;
        }
        return Bounds.AsSpan().SequenceEqual(bounds);
    }

    /// <summary>Adds what an agent counted: <c>[{"mechanism","counts":[…]}]</c>. Counts of other buckets than ours are left out.</summary>
    public void Add(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            string mechanism = "";
            List<double> counts = [];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isMechanism = reader.ValueTextEquals("mechanism"u8);
                bool isCounts = reader.ValueTextEquals("counts"u8);
                reader.Read();
                if (isMechanism)
                {
                    mechanism = reader.GetString() ?? "";
                }
                else if (isCounts)
                {
                    int begin = (int)reader.TokenStartIndex;
                    reader.Skip();
                    counts = ReadNumbers(json[begin..(int)reader.BytesConsumed]);
                }
                else
                {
                    reader.Skip();
                }
            }
            Add(mechanism, counts);
        }
    }

    /// <summary>What has come since.</summary>
    public Dictionary<string, long[]> TakeAll()
    {
        Dictionary<string, long[]> taken = _counts;
        _counts = [];
        return taken;
    }

    private void Add(string mechanism, List<double> counts)
    {
        if (counts.Count != Bounds.Length + 1)
        {
            return;
        }
        if (!_counts.TryGetValue(mechanism, out long[]? sum))
        {
            if (_counts.Count >= MostMechanisms)
            {
                return;
            }
            _counts[mechanism] = sum = new long[counts.Count];
        }
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += (long)counts[i];
        }
    }

    private static List<double> ReadNumbers(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        List<double> numbers = [];
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                numbers.Add(reader.GetDouble());
            }
        }
        return numbers;
    }
}
