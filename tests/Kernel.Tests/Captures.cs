using System.Diagnostics;

namespace Ipcscope.KernelTests;

/// <summary>Both paths, while other load runs on the machine.</summary>
public sealed class Captures : IDisposable
{
    private readonly Process _load = Process.Start(new ProcessStartInfo("stress-ng", "--pipe 1 --sock 1 --timeout 30m")
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    internal BothPaths Paths { get; } = new();

    public void Dispose()
    {
        Paths.Dispose();
        _load.Kill(entireProcessTree: true);
        _load.Dispose();
    }
}

/// <summary>Scenarios share the captures, and run one after the other.</summary>
[CollectionDefinition(nameof(Captures))]
public sealed class CapturesGroup : ICollectionFixture<Captures>;
