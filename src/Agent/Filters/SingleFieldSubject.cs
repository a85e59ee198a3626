using Ipcscope.Decode;
using Ipcscope.Enrich;

namespace Ipcscope.Filters;

/// <summary>Asks an expression that reads one field what it thinks of one value.</summary>
internal sealed class SingleFieldSubject : IFilterSubject
{
    public Mechanism Mechanism { get; private set; }

    public Operation Operation { get; private set; }

    public int Error { get; private set; }

    public Via Via => Via.Syscall;

    public int Detail => 0;

    public uint Pid => 0;

    public uint Tid => 0;

    public string Process => "";

    public string Executable => "";

    public string Channel => "";

    public string Peer => "";

    public ulong Size => 0;

    public ulong DurationNs => 0;

    public ulong WaitNs => 0;

    public ulong Cgroup => 0;

    public Place Place => Place.Host;

    public SingleFieldSubject With(Mechanism mechanism)
    {
        Mechanism = mechanism;
        return this;
    }

    public SingleFieldSubject With(Operation operation)
    {
        Operation = operation;
        return this;
    }

    public SingleFieldSubject WithError(int number)
    {
        Error = number;
        return this;
    }
}
