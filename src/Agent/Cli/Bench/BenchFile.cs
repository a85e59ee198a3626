using System.Text.Json;

namespace Ipcscope.Cli.Bench;

/// <summary>A run in a file: the lines that <c>-o json</c> writes.</summary>
/// <param name="Machine">Where it was measured.</param>
/// <param name="Rows">What was found.</param>
internal sealed record BenchFile(BenchMachine Machine, IReadOnlyList<BenchRow> Rows)
{
    /// <summary>The lines.</summary>
    /// <param name="earlier">What it is compared with; null: nothing.</param>
    public IEnumerable<string> Lines(BenchFile? earlier) => [Machine.Object(), .. Rows.Select(row => BenchJson.Object(row, earlier?.Ratios(row)))];

    /// <summary>Each figure of a newer row divided by that of this run.</summary>
    public double[] Ratios(BenchRow row)
    {
        double[] mine = Rows.FirstOrDefault(mine => mine.Mechanism == row.Mechanism && mine.WithAgent == row.WithAgent)?.Figures ?? BenchRow.NoFigures;
        return [.. row.Figures.Select((figure, i) => figure / mine[i])];
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public void Save(string path)
    {
        using FileStream file = TraceFile.Open(path)!;
        new Output((int)file.SafeFileHandle.DangerousGetHandle()).WriteLines(Lines(null));
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommandException">It cannot be read, or holds something else.</exception>
    public static BenchFile Load(string path)
    {
        BenchMachine? machine = null;
        List<BenchRow> rows = [];
        int number = 0;
        try
        {
            foreach (string line in File.ReadLines(path))
            {
                number++;
                using var document = JsonDocument.Parse(line);
                JsonElement root = document.RootElement;
                if (root.GetProperty("schema").GetInt32() != JsonLine.Schema)
                {
                    throw new FormatException($"its schema is not {JsonLine.Schema}");
                }
                if (root.GetProperty("kind").GetString() == "machine")
                {
                    machine = BenchMachine.Read(root);
                }
                else
                {
                    rows.Add(BenchJson.Read(root));
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Refuse(path, $"line {number} is not one that ipcscope bench --save wrote");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Refuse(path, Directory.Exists(path) ? "it is a directory" : File.Exists(path) ? fault.Message.TrimEnd('.') : "there is no such file");
        }
        return machine is null ? throw Refuse(path, "it holds no run of ipcscope bench --save") : new BenchFile(machine, rows);
    }

    private static CommandException Refuse(string path, string why) =>
        new(ExitStatus.Usage, $"--compare: cannot read {OptionKinds.Quote(path)}: {why}");
}
