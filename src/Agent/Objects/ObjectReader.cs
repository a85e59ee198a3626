using Ipcscope.Bpf;
using Ipcscope.Capture;
using Ipcscope.Decode;

namespace Ipcscope.Objects;

/// <summary>Reads every IPC object that exists now. The iterators are loaded once, and cost nothing while they are not read.</summary>
public sealed class ObjectReader : IObjectSource
{
    private readonly ObjectPrograms _programs;
    private readonly OwnNamespaces _own = OwnNamespaces.Read();

    private ObjectReader(ObjectPrograms programs) => _programs = programs;

    /// <summary>Loads the iterators.</summary>
    /// <exception cref="CaptureException">They cannot be loaded.</exception>
    public static ObjectReader Load() => Load(null);

    /// <summary>The same.</summary>
    /// <param name="image">The object instead of the one that fits the kernel: for tests of what it refuses.</param>
    internal static ObjectReader Load(byte[]? image)
    {
        try
        {
            Requirements.Check();
            return new ObjectReader(ObjectPrograms.Load(image: image));
        }
        catch (BpfException e)
        {
            throw Requirements.Explain(e);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<MissingPart> Missing => _programs.Missing;

    /// <inheritdoc/>
    public IReadOnlyList<IpcObject> Read()
    {
        try
        {
            return Collect();
        }
        catch (BpfException e)
        {
            throw Requirements.Explain(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _programs.Dispose();

    // What exists before who holds it: an object that is opened in between has its holder, and none is taken for an orphan.
    private List<IpcObject> Collect()
    {
        List<SysvRecord> sysv = [];
        _programs.ReadSysv((in SysvRecord record) => sysv.Add(record));
        Dictionary<ChannelKey, QueueRecord> queues = [];
        _programs.ReadQueues((in QueueRecord record) => queues[HolderTable.KeyOf(record.File)] = record);
        List<(string Path, ObjectFile File)> files = ShmDirectory.Read();
        var holders = new HolderTable(_own);
        _programs.ReadFiles((in HolderRecord record) => holders.Add(record));
        _programs.ReadMappings((in HolderRecord record) => holders.Add(record));
        return Describe(sysv, queues, files, holders);
    }

    private List<IpcObject> Describe(
        List<SysvRecord> sysv, Dictionary<ChannelKey, QueueRecord> queues, List<(string Path, ObjectFile File)> files, HolderTable holders)
    {
        // Who is not known to hold something may hold it.
        bool tellsHolders = _programs.TellsDescriptors && _programs.TellsMappings;
        var ofFiles = new FileObjects(_own);
        var ofSysv = new SysvObjects(_own, holders);
        List<IpcObject> objects = [.. sysv.Select(record => ofSysv.Describe(record))];
        objects.AddRange(queues.Select(queue => ofFiles.Describe(queue.Value, holders.UsersOf(queue.Key), _programs.TellsDescriptors)));
        objects.AddRange(holders.All.Values
            .Where(holding => holding.File.Mechanism is not (Mechanism.Mq or Mechanism.SysvShm))
            .Select(ofFiles.Describe));
        objects.AddRange(files
            .Where(file => !holders.All.ContainsKey(file.File.Channel))
            .Select(file => FileObjects.DescribeUnheld(file.File, file.Path, tellsHolders)));
        return [.. objects.OrderBy(o => o.Mechanism).ThenBy(o => o.Id).ThenBy(o => o.Name, StringComparer.Ordinal).ThenBy(o => o.Place, StringComparer.Ordinal)];
    }
}
