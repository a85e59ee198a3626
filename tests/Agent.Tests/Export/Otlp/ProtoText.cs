using System.Diagnostics;
using System.Text;

namespace Ipcscope.Tests.Export.Otlp;

/// <summary>What protoc --decode says of a message by the official definitions: fields by name, in the order they came. An unknown field has a number for a name.</summary>
internal sealed class ProtoText
{
    private const string Folder = "out/otlp/proto";
    private const string Service = "opentelemetry/proto/collector/metrics/v1/metrics_service.proto";
    private const string Request = "opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest";

    private readonly List<(string Name, ProtoText? Message, string Value)> _fields = [];

    /// <summary>The messages of a field.</summary>
    public IEnumerable<ProtoText> All(string name) => _fields.Where(field => field.Name == name).Select(field => field.Message!);

    /// <summary>The only message of a field.</summary>
    public ProtoText One(string name) => Assert.Single(All(name));

    /// <summary>The values of a field, as protoc writes them: texts with quotes.</summary>
    public IEnumerable<string> Values(string name) => _fields.Where(field => field.Name == name).Select(field => field.Value);

    /// <summary>The only value of a field.</summary>
    public string Value(string name) => Assert.Single(Values(name)).Trim('"');

    /// <summary>The attributes: <c>key=value</c>.</summary>
    public IEnumerable<string> Attributes => All("attributes").Select(each => $"{each.Value("key")}={Plain(Assert.Single(each.One("value")._fields).Value)}");

    /// <summary>Decodes an ExportMetricsServiceRequest.</summary>
    public static ProtoText Decode(ReadOnlyMemory<byte> message)
    {
        string folder = Repository.Path(Folder);
        using Process protoc = Process.Start(new ProcessStartInfo("protoc", [$"--decode={Request}", $"-I{folder}", Path.Combine(folder, Service)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        Task<string> output = protoc.StandardOutput.ReadToEndAsync();
        protoc.StandardInput.BaseStream.Write(message.Span);
        protoc.StandardInput.Close();
        string text = output.Result;
        protoc.WaitForExit();
        Assert.Equal(0, protoc.ExitCode);
        var lines = new Queue<string>(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()));
        return Read(lines);
    }

    // A text in quotes, each byte that is not a printable character of ASCII escaped as C does it; or a number.
    private static string Plain(string value)
    {
        if (!value.StartsWith('"'))
        {
            return value;
        }
        var bytes = new List<byte>();
        for (int i = 1; i < value.Length - 1; i++)
        {
            if (value[i] != '\\')
            {
                bytes.Add((byte)value[i]);
                continue;
            }
            i++;
            if (char.IsAsciiDigit(value[i]))
            {
                bytes.Add((byte)((value[i] - '0') * 64 + (value[i + 1] - '0') * 8 + (value[i + 2] - '0')));
                i += 2;
            }
            else
            {
                bytes.Add((byte)(value[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', char other => other }));
            }
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static ProtoText Read(Queue<string> lines)
    {
        var message = new ProtoText();
        while (lines.TryDequeue(out string? line) && line != "}")
        {
            if (line.EndsWith(" {", StringComparison.Ordinal))
            {
                message.Add(line[..^2], Read(lines), "");
            }
            else
            {
                string[] parts = line.Split(": ", 2);
                message.Add(parts[0], null, parts[1]);
            }
        }
        return message;
    }

    private void Add(string name, ProtoText? nested, string value)
    {
        Assert.False(char.IsAsciiDigit(name[0]), $"field {name} is not in the official definitions");
        _fields.Add((name, nested, value));
    }
}
