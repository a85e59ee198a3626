namespace Ipcscope.Enrich;

/// <summary>A pod of this node.</summary>
/// <param name="Uid">As it stands in the paths of cgroups: of a static pod the hash of its configuration.</param>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Workload">What it belongs to; see <see cref="Place.Workload"/>.</param>
/// <param name="Containers">The names of its containers by id.</param>
public sealed record Pod(string Uid, string Name, string Namespace, string Workload, IReadOnlyDictionary<string, string> Containers);
