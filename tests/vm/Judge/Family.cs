using System.IO.Enumeration;

namespace Ipcscope.KernelTests.Judge;

/// <summary>A line of tests/vm/scenarios: a name, the program (64 or 32 bits), and patterns of scenarios' names.</summary>
internal sealed record Family(string Name, string Binary, string[] Patterns)
{
    internal static IEnumerable<Family> Read(string path) => File.ReadLines(path)
        .Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length > 0)
        .Select(words => new Family(words[0], words[1] == "32" ? Workload.Compat : Workload.Native, words[2..]));

    /// <summary>Its scenarios. A pattern that fits none is an error: a renamed scenario must not vanish from the tests.</summary>
    internal IEnumerable<string> Scenarios()
    {
        string[] all = [.. Workload.Scenarios(Binary)];
        return Patterns.SelectMany(pattern =>
        {
            string[] fitting = [.. all.Where(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))];
            return fitting.Length > 0 ? fitting : throw new InvalidDataException($"no scenario of {Binary} fits {pattern}");
        }).Distinct();
    }
}
