using System.Globalization;
using Ipcscope.Decode;
using Ipcscope.Objects;

namespace Ipcscope.KernelTests.Objects;

/// <summary>The iterators over objects, loaded once for all tests, which read one after the other.</summary>
public sealed class ObjectSight : IDisposable
{
    private readonly ObjectReader _reader = ObjectReader.Load();

    /// <summary>All objects that exist now.</summary>
    internal IReadOnlyList<IpcObject> All() => _reader.Read();

    /// <summary>The only one of a mechanism and name, in the agent's namespaces or another place.</summary>
    internal IpcObject The(Mechanism mechanism, string name, string place = "") =>
        Assert.Single(All(), o => o.Mechanism == mechanism && o.Name == name && o.Place == place);

    /// <summary>Whether there is one.</summary>
    internal bool Has(Mechanism mechanism, string name, string place = "") =>
        All().Any(o => o.Mechanism == mechanism && o.Name == name && o.Place == place);

    public void Dispose() => _reader.Dispose();

    /// <summary>Runs a scene in the ipc namespace of this process, or in one of its own, which only this thread is in.</summary>
    /// <param name="isPrivate">Whether in its own.</param>
    /// <param name="scene">Is told the place where its objects are.</param>
    internal static void InNamespace(bool isPrivate, Action<string> scene)
    {
        Exception? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (isPrivate)
                {
                    LibC.Check(LibC.unshare(LibC.NewIpc));
                }
                scene(isPrivate ? File.ResolveLinkTarget("/proc/thread-self/ns/ipc", returnFinalTarget: false)!.Name : "");
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                fault = e;
            }
        });
        thread.Start();
        thread.Join();
        if (fault is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        }
    }

    /// <summary>The line of an object in /proc/sysvipc of the calling thread's namespace: its columns by name.</summary>
    internal static Dictionary<string, long> Proc(string file, string idColumn, int id)
    {
        string[][] lines = [.. File.ReadAllLines($"/proc/sysvipc/{file}").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        int column = Array.IndexOf(lines[0], idColumn);
        string[] fields = Assert.Single(lines[1..], line => line[column] == id.ToString(CultureInfo.InvariantCulture));
        return lines[0].Zip(fields).ToDictionary(pair => pair.First, pair => long.Parse(pair.Second, CultureInfo.InvariantCulture));
    }
}

/// <summary>Tests of objects share the iterators.</summary>
[CollectionDefinition(nameof(ObjectSight))]
public sealed class ObjectGroup : ICollectionFixture<ObjectSight>;
