namespace Ipcscope.Dashboard.Serve;

/// <summary>What comes first in a collection.</summary>
internal enum SortKey
{
    /// <summary>The most operations a second.</summary>
    Operations,
    /// <summary>The most bytes a second.</summary>
    Bytes,
    /// <summary>The longest wait.</summary>
    Wait,
    /// <summary>The slowest.</summary>
    Duration,
    /// <summary>The first of the alphabet.</summary>
    Name,
}
