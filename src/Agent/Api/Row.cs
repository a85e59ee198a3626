using Ipcscope.Waits;

namespace Ipcscope.Api;

/// <summary>A channel or a process.</summary>
/// <param name="id">What it is called in addresses.</param>
/// <param name="name">What it is called.</param>
internal abstract class Row(string id, string name)
{
    /// <summary>What it is called in addresses.</summary>
    public string Id => id;

    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>What was done.</summary>
    public Activity Activity { get; } = new();

    /// <summary>The call that waits longest for room or a lock; null: none.</summary>
    public Wait? LongestWait { get; init; }
}
