using System.Text.Json;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Export;

namespace Ipcscope.Cli;

/// <summary>Both ends of a channel, as people and programs read them.</summary>
internal static class EndText
{
    /// <summary>
    /// Of a socket who has the other one: <c>redis[981] exact</c>, <c>10.0.0.7:443 remote</c>; of anything else who writes and who reads:
    /// <c>sh[77] exact → gzip[78] exact</c>. Empty: nobody.
    /// </summary>
    public static string Peers(ChannelEnds ends, in ChannelKey channel)
    {
        if (ends.Remote(channel) is { } address)
        {
            return $"{address} remote";
        }
        IReadOnlyList<End> writers = ends.Writers(channel);
        IReadOnlyList<End> readers = ends.Readers(channel);
        if (writers.SequenceEqual(readers))
        {
            return Names(readers);
        }
        return ends.IsSocket(channel) ? Names([.. writers.Union(readers)]) : $"{Names(writers)} → {Names(readers)}".Trim();
    }

    /// <summary><c>a[1] b[2] exact, c[3] hint</c>.</summary>
    public static string Names(IReadOnlyList<End> ends) => string.Join(", ", ends
        .GroupBy(end => end.Certainty)
        .Select(group => $"{string.Join(' ', group.Select(Name))} {Words.Certainties[(int)group.Key]}"));

    /// <summary><c>redis[981]</c>, <c>kernel</c>.</summary>
    public static string Name(End end) => end.IsKernel ? end.Name : $"{end.Name}[{end.Process.Pid}]";

    /// <summary>An array of processes, each with what it can do and how well that is known.</summary>
    public static void Write(Utf8JsonWriter json, string name, IReadOnlyList<End> ends)
    {
        json.WriteStartArray(name);
        foreach (End end in ends)
        {
            json.WriteStartObject();
            json.WriteString("process", end.Name);
            json.WriteNumber("pid", end.Process.Pid);
            json.WriteString("certainty", Words.Certainties[(int)end.Certainty]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
