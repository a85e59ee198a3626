namespace Ipcscope.Dashboard.State;

/// <summary>Whether an agent is heard.</summary>
internal enum LinkState
{
    /// <summary>It has never told anything.</summary>
    Connecting,
    /// <summary>What is shown is what it told last, a moment ago.</summary>
    Live,
    /// <summary>It has not told anything for some time: what is shown is old.</summary>
    Stale,
    /// <summary>It has been silent for so long that nothing of it is shown any more.</summary>
    Gone,
}
