using System.Diagnostics.CodeAnalysis;
using Ipcscope.Enrich;
using Ipcscope.Names;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ipcscope.Tests.Names;

public sealed class CriTests : IDisposable
{
    private const string Uid = "1b2c3d4e-0000-1111-2222-333344445555";
    private static readonly string Id = new('a', 64);
    private static readonly string Later = new('b', 64);
    private readonly string _socket = Path.Combine(Path.GetTempPath(), $"ipcscope-cri-{Guid.NewGuid():N}.sock");
    private readonly PodTable _pods = new(TimeProvider.System);

    public void Dispose() => File.Delete(_socket);

    private string Tell(string id)
    {
        (Pod? pod, string? container) = _pods.Find(id, Uid);
        return $"{pod?.Namespace}/{pod?.Workload}/{pod?.Name}/{container}";
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The loop disposes of its reader.")]
    private NameLoop Loop() => new(new CriReader(_socket, TimeProvider.System), _pods, TimeProvider.System, NullLogger.Instance);

    [Fact]
    public async Task Names_are_those_of_the_runtime_and_a_container_that_comes_is_asked_for()
    {
        await using FakeRuntime runtime = await FakeRuntime.StartAsync(_socket);
        runtime.Containers[Id] = "nginx";
        await using NameLoop loop = Loop();
        await Until.TrueAsync(() => Tell(Id) == "shop/web/web-5d9c-x7k2p/nginx");
        runtime.Containers[Later] = "sidecar";
        await Until.TrueAsync(() => Tell(Later) == "shop/web/web-5d9c-x7k2p/sidecar");
        Assert.Equal("shop/web/web-5d9c-x7k2p/nginx", Tell(Id));
    }

    [Fact]
    public async Task A_runtime_that_is_not_there_yet_or_says_no_is_asked_again()
    {
        await using NameLoop loop = Loop();
        await using FakeRuntime runtime = await FakeRuntime.StartAsync(_socket);
        runtime.Containers[Id] = "nginx";
        runtime.Status = 14;
        await Until.TrueAsync(() => runtime.Calls > 0);
        Assert.Equal("///", Tell(Id));
        runtime.Status = 0;
        await Until.TrueAsync(() => Tell(Id) == "shop/web/web-5d9c-x7k2p/nginx");
    }
}
