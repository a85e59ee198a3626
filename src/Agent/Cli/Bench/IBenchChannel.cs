namespace Ipcscope.Cli.Bench;

/// <summary>
/// One end of a channel under measurement, in one of the two processes. Nothing is allocated while it is used, and nothing but the
/// mechanism itself hands over from one process to the other.
/// </summary>
internal unsafe interface IBenchChannel
{
    /// <summary>A message begins with the time at which it was sent: CLOCK_MONOTONIC, in nanoseconds.</summary>
    const int StampSize = sizeof(long);

    /// <summary>Prepares for messages of one size. Nothing is under way then.</summary>
    /// <param name="size">Bytes of a message.</param>
    /// <param name="streaming">Whether they all go one way; else to and fro.</param>
    void Begin(int size, bool streaming);

    /// <summary>Sends a whole message; waits while there is no room.</summary>
    /// <param name="message">The message. The eight bytes in front of it are the channel's own.</param>
    /// <param name="size">Its bytes.</param>
    /// <exception cref="BenchException">The system refuses.</exception>
    void Send(byte* message, int size);

    /// <summary>Waits for a message and takes it.</summary>
    /// <param name="message">Room for it, and eight bytes in front for the channel.</param>
    /// <param name="size">Its bytes.</param>
    /// <exception cref="BenchException">The system refuses.</exception>
    void Receive(byte* message, int size);
}
