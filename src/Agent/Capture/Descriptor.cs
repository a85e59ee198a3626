using Ipcscope.Decode;

namespace Ipcscope.Capture;

/// <summary>A file descriptor that refers to a channel, found by walking all tasks.</summary>
/// <param name="Pid">Thread-group id.</param>
/// <param name="Name">Name of the thread-group leader.</param>
/// <param name="Fd">Its number.</param>
/// <param name="Readable">Opened for reading.</param>
/// <param name="Writable">Opened for writing.</param>
/// <param name="Key">The channel.</param>
/// <param name="Info">What is known of it.</param>
/// <param name="Queued">Bytes waiting now (pipes: occupied buffers); -1 if unknown.</param>
/// <param name="Capacity">Limit of <paramref name="Queued"/>; -1 if unknown.</param>
public readonly record struct Descriptor(
    uint Pid, string Name, int Fd, bool Readable, bool Writable, ChannelKey Key, ChannelInfo Info, long Queued, long Capacity);
