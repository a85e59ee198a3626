namespace Ipcscope.Export.Otlp;

/// <summary>An ExportMetricsServiceRequest.</summary>
/// <param name="Message">Encoded.</param>
/// <param name="Points">How many data points are in it.</param>
internal readonly record struct OtlpRequest(ReadOnlyMemory<byte> Message, int Points);
