using Ipcscope.Decode;

namespace Ipcscope.Waits;

/// <summary>What a call is about.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Info">What is known of it.</param>
/// <param name="Operation">What the call does to it.</param>
internal sealed record FarSubject(ChannelKey Channel, ChannelInfo Info, Operation Operation)
{
    /// <summary>Whether the call ends by itself when a time has passed.</summary>
    internal bool HasTimeLimit { get; init; }

    /// <summary>The word that it waits on; null: it is no futex.</summary>
    internal FutexWord? Futex { get; init; }

    /// <summary>The path by which the caller names it; null: by none.</summary>
    internal string? Path { get; init; }

    /// <summary>Whether it opens the channel for writing only.</summary>
    internal bool OpensToWrite { get; init; }
}
