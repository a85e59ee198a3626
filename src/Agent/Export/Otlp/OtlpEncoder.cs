using Ipcscope.Wire;

namespace Ipcscope.Export.Otlp;

/// <summary>Makes requests of the series (opentelemetry-proto, metrics/v1/metrics.proto): one resource an identity, cumulative numbers.</summary>
/// <param name="resources">Names what an identity is.</param>
/// <param name="started">Since when everything was counted, ns of the Unix epoch.</param>
internal sealed class OtlpEncoder(OtlpResources resources, ulong started)
{
    /// <summary>A request is not begun anew before it is so long. Receivers take 4 MiB (grpc.io); one identity has at most a tenth of that.</summary>
    internal const int Enough = 2 << 20;

    private const string ScopeName = "ipcscope";

    private readonly ProtoWriter _writer = new();

    /// <summary>All series, in as many requests as that takes.</summary>
    /// <param name="table">The series.</param>
    /// <param name="now">When they were read, ns of the Unix epoch.</param>
    public List<OtlpRequest> Encode(SeriesTable table, ulong now)
    {
        List<OtlpRequest> requests = [];
        int points = 0;
        _writer.Clear();
        foreach (Identity identity in table.Identities)
        {
            points += WriteResource(identity, now);
            if (_writer.Length >= Enough)
            {
                requests.Add(new(_writer.Written.ToArray(), points));
                points = 0;
                _writer.Clear();
            }
        }
        if (points > 0)
        {
            requests.Add(new(_writer.Written.ToArray(), points));
        }
        return requests;
    }

    private int WriteResource(Identity identity, ulong now)
    {
        int before = _writer.Length;
        int resourceMetrics = _writer.Begin(1);
        int resource = _writer.Begin(1);
        resources.Write(_writer, identity);
        _writer.End(resource);
        int scopeMetrics = _writer.Begin(2);
        int scope = _writer.Begin(1);
        _writer.Text(1, ScopeName);
        _writer.Text(2, SelfMetrics.Version);
        _writer.End(scope);
        var points = new OtlpPoints(_writer, started, now);
        OtlpMetrics.Write(points, identity.Series);
        _writer.End(scopeMetrics);
        _writer.Text(3, OtlpResources.Schema);
        _writer.End(resourceMetrics);
        if (points.Count == 0)
        {
            _writer.Truncate(before);
        }
        return points.Count;
    }
}
