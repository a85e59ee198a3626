using System.Text;

namespace Ipcscope.Tests.Api;

/// <summary>Reads server-sent events.</summary>
internal sealed class SseReader(Stream stream)
{
    private readonly StreamReader _lines = new(stream, Encoding.UTF8);

    /// <summary>The next event; null at the end.</summary>
    public async Task<(string Name, string Data)?> NextAsync(CancellationToken cancellation)
    {
        (string name, string data) = ("message", "");
        while (await _lines.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length == 0)
            {
                return (name, data);
            }
            (name, data) = line.StartsWith("event: ", StringComparison.Ordinal) ? (line["event: ".Length..], data) : (name, line["data: ".Length..]);
        }
        return null;
    }
}
