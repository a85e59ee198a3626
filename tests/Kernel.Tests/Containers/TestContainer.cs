using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Containers;

/// <summary>A cgroup that is called as the kubelet calls that of a container, in the hierarchy where runtimes put it on this machine. Disposing removes it.</summary>
internal sealed class TestContainer : IDisposable
{
    private static readonly string Root = Hierarchies.OfContainers() switch
    {
        CgroupHierarchy.Memory => "/sys/fs/cgroup/memory",
        CgroupHierarchy.Pids => "/sys/fs/cgroup/pids",
        _ => "/sys/fs/cgroup",
    };

    private static readonly string Parent = Path.Combine(Root, $"ipcscope-test-{Environment.ProcessId}");

    internal TestContainer(int number)
    {
        Number = number;
        Pod = $"1b2c3d4e-0000-1111-2222-{number:000000000000}";
        Id = $"{number:x12}" + new string('c', 52);
        Directory.CreateDirectory(Folder);
    }

    internal int Number { get; }

    /// <summary>Uid of the pod.</summary>
    internal string Pod { get; }

    /// <summary>Id of the container.</summary>
    internal string Id { get; }

    /// <summary>What it is called as long as nobody knows its name.</summary>
    internal string ShortId => Id[..12];

    private string Folder => Path.Combine(Parent, $"pod{Pod}", Id);

    /// <summary>Runs a script in it, to its end.</summary>
    internal void Run(string script) => Binary.RunAny(["sh", "-c", Inside(script)]).AssertStatus(0);

    /// <summary>A script that goes into it before it does anything else.</summary>
    internal string Inside(string script) => $"echo $$ > {Folder}/cgroup.procs && exec sh -c '{script}'";

    public void Dispose()
    {
        // What has ended in it is gone a moment later.
        Assert.True(Eventually.Get(() => TryRemove(Folder), removed => removed));
        TryRemove(Path.GetDirectoryName(Folder)!);
        TryRemove(Parent);
    }

    private static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
