namespace Ipcscope.Export;

/// <summary>A family of which every series has lines of its own, or none.</summary>
/// <param name="Family">Its names and header.</param>
/// <param name="Write">Writes the lines of one series.</param>
internal sealed record SeriesFamily(Family Family, Action<ExpositionWriter, MetricSeries> Write);
