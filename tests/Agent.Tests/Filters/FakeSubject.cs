using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Filters;

namespace Ipcscope.Tests.Filters;

/// <summary>An operation as a test wants it.</summary>
internal sealed record FakeSubject : IFilterSubject
{
    public uint Pid { get; init; } = 4312;

    public uint Tid { get; init; } = 4313;

    public string Process { get; init; } = "redis-server";

    public string Executable { get; init; } = "/usr/bin/redis-server";

    public Mechanism Mechanism { get; init; } = Mechanism.Unix;

    public Operation Operation { get; init; } = Operation.Send;

    public Via Via { get; init; }

    public int Detail { get; init; }

    public string Channel { get; init; } = "/run/redis.sock";

    public string Peer { get; init; } = "";

    public ulong Size { get; init; } = 512;

    public ulong DurationNs { get; init; } = 41_000;

    public ulong WaitNs { get; init; }

    public int Error { get; init; }

    public ulong Cgroup { get; init; } = 77;

    public Place Place => new() { Container = "web", Pod = "web-1", Namespace = "shop", Workload = "web" };
}
