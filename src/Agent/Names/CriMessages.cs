using Ipcscope.Enrich;
using Ipcscope.Wire;

namespace Ipcscope.Names;

/// <summary>A pod as the runtime knows it.</summary>
internal readonly record struct CriSandbox(string Uid, string Name, string Namespace, string Workload);

/// <summary>A container as the runtime knows it.</summary>
internal readonly record struct CriContainer(string Id, string Sandbox, string Name);

/// <summary>The few fields of k8s.io/cri-api/pkg/apis/runtime/v1/api.proto that are of use.</summary>
internal static class CriMessages
{
    /// <summary>ListPodSandboxResponse: pods by the id of their sandbox.</summary>
    public static Dictionary<string, CriSandbox> ReadSandboxes(ReadOnlySpan<byte> response)
    {
        Dictionary<string, CriSandbox> sandboxes = [];
        var reader = new ProtoReader(response);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                (string id, CriSandbox sandbox) = ReadSandbox(reader.Bytes());
                sandboxes[id] = sandbox;
            }
        }
        return sandboxes;
    }

    /// <summary>ListContainersResponse.</summary>
    public static List<CriContainer> ReadContainers(ReadOnlySpan<byte> response)
    {
        List<CriContainer> containers = [];
        var reader = new ProtoReader(response);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                containers.Add(ReadContainer(reader.Bytes()));
            }
        }
        return containers;
    }

    /// <summary>Pods with their containers. A pod may have had several sandboxes.</summary>
    public static IEnumerable<Pod> Join(Dictionary<string, CriSandbox> sandboxes, List<CriContainer> containers)
    {
        ILookup<string, CriContainer> bySandbox = containers.ToLookup(container => container.Sandbox);
        foreach (IGrouping<string, KeyValuePair<string, CriSandbox>> pod in sandboxes.GroupBy(each => each.Value.Uid))
        {
            CriSandbox told = pod.First().Value;
            yield return new Pod(told.Uid, told.Name, told.Namespace, told.Workload,
                pod.SelectMany(each => bySandbox[each.Key]).DistinctBy(container => container.Id).ToDictionary(container => container.Id, container => container.Name));
        }
    }

    private static (string Id, CriSandbox Sandbox) ReadSandbox(ReadOnlySpan<byte> message)
    {
        (string id, string name, string uid, string space) = ("", "", "", "");
        Dictionary<string, string> labels = [];
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    id = reader.Text();
                    break;
                case 2:
                    ReadMetadata(reader.Bytes(), ref name, ref uid, ref space);
                    break;
                case 5:
                    ReadEntry(reader.Bytes(), labels);
                    break;
            }
        }
        return (id, new CriSandbox(uid, name, space, Workloads.Guess(name, labels)));
    }

    private static void ReadMetadata(ReadOnlySpan<byte> message, ref string name, ref string uid, ref string space)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    uid = reader.Text();
                    break;
                case 3:
                    space = reader.Text();
                    break;
            }
        }
    }

    private static CriContainer ReadContainer(ReadOnlySpan<byte> message)
    {
        (string id, string sandbox, string name) = ("", "", "");
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    id = reader.Text();
                    break;
                case 2:
                    sandbox = reader.Text();
                    break;
                case 3:
                    ReadName(reader.Bytes(), ref name);
                    break;
            }
        }
        return new CriContainer(id, sandbox, name);
    }

    // ContainerMetadata: its second field is a number.
    private static void ReadName(ReadOnlySpan<byte> message, ref string name)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            name = reader.Field == 1 ? reader.Text() : name;
        }
    }

    // A map is a list of keys and values.
    private static void ReadEntry(ReadOnlySpan<byte> message, Dictionary<string, string> map)
    {
        (string key, string value) = ("", "");
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            (key, value) = reader.Field switch { 1 => (reader.Text(), value), 2 => (key, reader.Text()), _ => (key, value) };
        }
        map[key] = value;
    }
}
