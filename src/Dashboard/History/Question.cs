using System.Globalization;

namespace Ipcscope.Dashboard.History;

/// <summary>What of the past is asked for.</summary>
/// <param name="Metric">The measure.</param>
/// <param name="Channel">A channel's id; empty: all.</param>
/// <param name="Process">A process's id; empty: all.</param>
/// <param name="Mechanism">A mechanism's word; empty: each.</param>
/// <param name="From">The beginning.</param>
/// <param name="To">The end.</param>
/// <param name="Step">Between two points.</param>
internal sealed record Question(Metric Metric, string Channel, string Process, string Mechanism, DateTimeOffset From, DateTimeOffset To, TimeSpan Step)
{
    private const int MostPoints = 2_000;
    private const int UsualPoints = 300;
    private const int LongestText = 256;
    private static readonly string[] Metrics = ["operations", "bytes", "wait", "duration_p99"];

    /// <summary>Reads the query; null and what is wrong if it makes no sense.</summary>
    public static Question? Read(IQueryCollection query, DateTimeOffset now, out string fault)
    {
        string word = query["metric"].ToString();
        int metric = word.Length == 0 ? 0 : Array.IndexOf(Metrics, word);
        DateTimeOffset? to = Time(query["to"].ToString(), now);
        DateTimeOffset? from = Time(query["from"].ToString(), (to ?? now) - Memory.Span);
        double span = from is null || to is null ? 0 : (to.Value - from.Value).TotalSeconds;
        double usual = Math.Max(1, Math.Ceiling(span / UsualPoints));
        double step = Seconds(query["step"].ToString(), usual);
        string[] texts = [query["channel"].ToString(), query["process"].ToString(), query["mechanism"].ToString()];
        fault = metric < 0 ? $"metric: allowed: {string.Join(", ", Metrics)}"
            : from is null || to is null ? "from, to: allowed: seconds since 1970, or a time such as 2026-01-31T12:00:00Z"
            : span <= 0 ? "from, to: from has to be before to"
            : step < 1 || span / step > MostPoints ? $"step: allowed: seconds from 1, and so many that there are {MostPoints} points at most"
            : texts.Any(static text => text.Length > LongestText || text.Any(char.IsControl)) ? $"channel, process, mechanism: allowed: up to {LongestText} characters"
            : "";
        return fault.Length > 0 ? null : new((Metric)metric, texts[0], texts[1], texts[2], from!.Value, to!.Value, TimeSpan.FromSeconds(step));
    }

    private static DateTimeOffset? Time(string text, DateTimeOffset usual) =>
        text.Length == 0 ? usual
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds < 1e11 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    private static double Seconds(string text, double usual) =>
        text.Length == 0 ? usual : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) ? seconds : 0;
}
