using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>What a process does, whatever images it has run, as the last look saw it.</summary>
/// <param name="process">One of its images.</param>
internal sealed class ProcessTraffic(in ProcessKey process)
{
    private Described? _head;

    private sealed record Described(Process Process, string Name, string Executable, string User, Place Place, byte[] Text);

    /// <summary>What it is called in addresses.</summary>
    public string Id { get; } = Ids.Of(process);

    /// <summary>Its flows.</summary>
    public List<Traced> Flows { get; } = [];

    /// <summary>Its series.</summary>
    public List<Traced> Series { get; } = [];

    /// <summary>The last look at which something of it was not as before.</summary>
    public uint Changed { get; set; }

    /// <summary>The channels that it uses; another set whenever they are others.</summary>
    public IReadOnlySet<ChannelKey> Channels
    {
        get => field ??= Flows.Select(flow => flow.Channel!.Key).ToHashSet();
        private set;
    }

    /// <summary>What it is, as JSON: made anew when something of that is not as before. Can be asked from any thread.</summary>
    public byte[] Head(ProcessRow row)
    {
        string user = ProcessOwners.Of(row.Process);
        if (_head is not { } head || !ReferenceEquals(head.Process, row.Process) || head.Executable != row.Process.Executable || head.User != user || !ReferenceEquals(head.Place, row.Place) || head.Name != row.Name)
        {
            head = new(row.Process, row.Name, row.Process.Executable, user, row.Place, ProcessJson.Head(row, user));
            _head = head;
        }
        return head.Text;
    }

    /// <summary>A flow has come or gone.</summary>
    public void ForgetChannels() => Channels = null!;
}
