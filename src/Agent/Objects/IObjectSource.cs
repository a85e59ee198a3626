using Ipcscope.Capture;

namespace Ipcscope.Objects;

/// <summary>Tells which objects exist. Read as often as wanted, by one thread at a time.</summary>
public interface IObjectSource : IDisposable
{
    /// <summary>What the kernel refused, and what is not told therefore.</summary>
    IReadOnlyList<MissingPart> Missing => [];

    /// <summary>All objects, by mechanism and name.</summary>
    /// <exception cref="CaptureException">They cannot be read.</exception>
    IReadOnlyList<IpcObject> Read();
}
