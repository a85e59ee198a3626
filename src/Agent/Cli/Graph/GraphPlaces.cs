using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>Remembers where processes run. Ask while they do.</summary>
/// <param name="read">Reads the cgroup's path of a process; null: it has gone.</param>
internal sealed class GraphPlaces(Func<uint, string?> read)
{
    private readonly Dictionary<ProcessKey, CgroupPlace> _places = [];

    /// <summary>Where it runs.</summary>
    public CgroupPlace Of(Process process)
    {
        if (!_places.TryGetValue(process.Key, out CgroupPlace place))
        {
            place = read(process.Key.Pid) is { } path ? CgroupPlace.Of(path) : CgroupPlace.Unknown;
            _places.Add(process.Key, place);
        }
        return place;
    }
}
