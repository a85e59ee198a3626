using Ipcscope.Bpf;
using Ipcscope.Decode;
using Ipcscope.Objects;

namespace Ipcscope.Volume;

/// <summary>Tells which processes map shared memory now, and where. Not files on disk; nor hugetlb, of which smaps does not say what was referenced.</summary>
internal sealed class Mappers : IDisposable
{
    private readonly ObjectPrograms _programs = ObjectPrograms.LoadMappings();

    /// <summary>By pid: what lies at which address.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public SortedDictionary<uint, Dictionary<ulong, ChannelKey>> Read()
    {
        SortedDictionary<uint, Dictionary<ulong, ChannelKey>> mappers = [];
        _programs.ReadMappings((in HolderRecord record) =>
        {
            if (record.File.Mechanism is Mechanism.Shm or Mechanism.SysvShm && (record.File.Marks & ObjectMarks.Hugetlb) == 0)
            {
                if (!mappers.TryGetValue(record.Process.Pid, out Dictionary<ulong, ChannelKey>? mappings))
                {
                    mappers.Add(record.Process.Pid, mappings = []);
                }
                mappings[record.Start] = HolderTable.KeyOf(record.File);
            }
        });
        return mappers;
    }

    /// <inheritdoc/>
    public void Dispose() => _programs.Dispose();
}
