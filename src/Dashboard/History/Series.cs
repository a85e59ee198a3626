namespace Ipcscope.Dashboard.History;

/// <summary>A line of a chart.</summary>
/// <param name="Labels">What it is of.</param>
/// <param name="Points">Seconds since 1970, and the value.</param>
internal sealed record Series(Dictionary<string, string> Labels, List<(double Time, double Value)> Points);
