using System.Globalization;

namespace Ipcscope.Cli;

/// <summary>What the <c>/metrics</c> of a running agent says, as far as the agent wrote it: no label has a quote inside.</summary>
/// <param name="text">Prometheus' text format.</param>
internal sealed class AgentPage(string text)
{
    /// <summary>The samples of a family: the values of some labels, empty where one is missing, and the value.</summary>
    /// <param name="family">Its name, with <c>_total</c>.</param>
    /// <param name="labels">Which labels.</param>
    public IEnumerable<(string[] Labels, double Value)> Read(string family, params string[] labels)
    {
        string begin = family + "{";
        // A page may have hundreds of thousands of lines: only those of the family are cut out.
        for (int at = text.IndexOf(begin, StringComparison.Ordinal); at >= 0; at = text.IndexOf(begin, at + begin.Length, StringComparison.Ordinal))
        {
            int next = text.IndexOf('\n', at);
            string line = next < 0 ? text[at..] : text[at..next];
            int end = line.LastIndexOf('}');
            if (end > 0 && (at == 0 || text[at - 1] == '\n'))
            {
                string value = line[(end + 1)..].Trim().Split(' ')[0]; // a time may follow
                yield return ([.. labels.Select(label => Label(line, label))], double.Parse(value, CultureInfo.InvariantCulture));
            }
        }
    }

    private static string Label(string line, string name)
    {
        foreach (string before in (ReadOnlySpan<string>)["{", ","])
        {
            string key = $"{before}{name}=\"";
            int start = line.IndexOf(key, StringComparison.Ordinal);
            if (start >= 0)
            {
                start += key.Length;
                return line[start..line.IndexOf('"', start)];
            }
        }
        return "";
    }
}
