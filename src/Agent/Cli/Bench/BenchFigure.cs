namespace Ipcscope.Cli.Bench;

/// <summary>One of the figures of a mechanism.</summary>
/// <param name="Field">Its name in JSON, with its unit.</param>
/// <param name="Title">The heading of its column.</param>
/// <param name="Rank">The column with the highest rank goes first where it is too narrow.</param>
/// <param name="Size">Bytes of the messages.</param>
/// <param name="IsLatency">Seconds; else bytes in a second.</param>
internal sealed record BenchFigure(string Field, string Title, int Rank, int Size, bool IsLatency)
{
    /// <summary>Bytes of the messages whose latency is measured.</summary>
    public const int LatencySize = 64;

    /// <summary>Bytes of the largest messages.</summary>
    public const int LargestSize = 1 << 20;

    /// <summary>All of them, in the order of the columns.</summary>
    public static IReadOnlyList<BenchFigure> All { get; } =
    [
        new("one_way_p50_seconds", "ONE-WAY", 3, LatencySize, true),
        new("one_way_p99_seconds", "ONE-WAY P99", 7, LatencySize, true),
        new("round_trip_p50_seconds", "ROUND TRIP", 0, LatencySize, true),
        new("round_trip_p99_seconds", "ROUND TRIP P99", 6, LatencySize, true),
        new("throughput_64b_bytes_per_second", "64 B", 1, 64, false),
        new("throughput_4kib_bytes_per_second", "4 KiB", 5, 4 << 10, false),
        new("throughput_64kib_bytes_per_second", "64 KiB", 2, 64 << 10, false),
        new("throughput_1mib_bytes_per_second", "1 MiB", 4, LargestSize, false),
    ];

    /// <summary>Those that are measured together, by one kind of work each: all latencies, and each throughput.</summary>
    public const int Works = 5;

    /// <summary>As people read it: <c>2.1 µs</c>, <c>3.2 GiB/s</c>, <c>–</c> if it is not known.</summary>
    public string Show(double value) => double.IsNaN(value) ? Absent : IsLatency ? Duration(value) : $"{Units.Size((ulong)value)}/s";

    /// <summary>A difference: <c>+240 ns</c> of a latency, <c>-12 %</c> of a throughput.</summary>
    public string ShowDifference(double before, double after)
    {
        double difference = IsLatency ? after - before : Math.Round(((after / before) - 1) * 100);
        return double.IsNaN(difference) ? Absent : (difference < 0 ? "-" : "+") + (IsLatency ? Duration(Math.Abs(difference)) : $"{Math.Abs(difference):0} %");
    }

    /// <summary>A ratio: <c>1.03×</c>.</summary>
    public static string ShowRatio(double ratio) => double.IsNaN(ratio) ? Absent : $"{ratio:0.00}×";

    private const string Absent = "–";

    private static string Duration(double seconds) => Units.Duration((ulong)Math.Round(seconds * 1e9));
}
