using Ipcscope.Capture;

namespace Ipcscope.KernelTests.Waits;

/// <summary>Each scene twice, once before and once after a capture begins, and a second capture after both.</summary>
public sealed class BeforeAndAfter : IDisposable
{
    private static readonly string[] Names = [.. ((IEnumerable<object[]>)CallsInProgressTests.Blocked).Select(row => (string)row[0]).Distinct()];

    private readonly Dictionary<string, WaitScene> _before = Start();
    private readonly Dictionary<string, WaitScene> _after;

    public BeforeAndAfter()
    {
        Session = CaptureSession.Start(new CaptureOptions());
        _after = Start();
        Late = CaptureSession.Start(new CaptureOptions());
    }

    internal CaptureSession Session { get; }

    internal CaptureSession Late { get; }

    internal Role Before(string scene, string role) => _before[scene][role];

    internal Role After(string scene, string role) => _after[scene][role];

    public void Dispose()
    {
        Late.Dispose();
        Session.Dispose();
        foreach (WaitScene scene in _before.Values.Concat(_after.Values))
        {
            scene.Dispose();
        }
    }

    private static Dictionary<string, WaitScene> Start() => Names.ToDictionary(name => name, name => new WaitScene(name));
}
