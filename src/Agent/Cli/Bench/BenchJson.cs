using System.Text.Json;

namespace Ipcscope.Cli.Bench;

/// <summary>A row as one JSON object, in base units.</summary>
internal static class BenchJson
{
    private const string RatioSuffix = "_ratio";

    /// <summary>Writes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ratios">Each figure divided by the saved one; null: nothing is compared.</param>
    public static string Object(BenchRow row, double[]? ratios) => JsonLine.Write(json =>
    {
        json.WriteString("kind", "mechanism");
        json.WriteString("mechanism", row.Mechanism);
        json.WriteBoolean("agent", row.WithAgent);
        json.WriteNumber("rounds", row.Rounds);
        for (int i = 0; i < row.Figures.Length; i++)
        {
            Write(json, BenchFigure.All[i].Field, row.Figures[i]);
        }
        for (int i = 0; i < ratios?.Length; i++)
        {
            Write(json, BenchFigure.All[i].Field + RatioSuffix, ratios[i]);
        }
        json.WriteString("failure", row.Failure);
        json.WriteString("note", row.Note);
    });

    /// <summary>Reads what <see cref="Object"/> wrote; ratios are not read.</summary>
    /// <exception cref="InvalidOperationException">A field has another type.</exception>
    /// <exception cref="KeyNotFoundException">A field is missing.</exception>
    public static BenchRow Read(JsonElement line) => new(
        line.GetProperty("mechanism").GetString() ?? "",
        line.GetProperty("agent").GetBoolean(),
        line.GetProperty("rounds").GetInt32(),
        [.. BenchFigure.All.Select(figure => line.GetProperty(figure.Field) is { ValueKind: not JsonValueKind.Null } value ? value.GetDouble() : double.NaN)],
        line.GetProperty("failure").GetString() ?? "",
        line.GetProperty("note").GetString() ?? "");

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
