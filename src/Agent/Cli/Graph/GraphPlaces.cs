using Ipcscope.Enrich;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>What containers and pods are called in a graph.</summary>
/// <param name="places">Knows where processes run.</param>
internal sealed class GraphPlaces(Places places)
{
    private const string Host = "host";
    private const string Unknown = "unknown";

    /// <summary>The container that a process runs in; <c>host</c>: in none; <c>unknown</c>: it ended before anybody looked.</summary>
    public string Container(Process process) => Word(process, place => place.Container);

    /// <summary>The pod, with its namespace if that is known.</summary>
    public string Pod(Process process) => Word(process, place => place.Namespace.Length > 0 ? $"{place.Namespace}/{place.Pod}" : place.Pod);

    private string Word(Process process, Func<Place, string> read) =>
        process.Where.Path.Length == 0 ? Unknown : read(places.Of(process)) is { Length: > 0 } word ? word : Host;
}
