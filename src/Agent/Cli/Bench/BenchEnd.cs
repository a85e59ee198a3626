namespace Ipcscope.Cli.Bench;

/// <summary>What one of the two processes is given.</summary>
/// <param name="IsFirst">The first one begins, takes the times of round trips, and sends when data goes one way.</param>
/// <param name="Handles">What <see cref="BenchMechanism.Open"/> has opened: descriptors and ids.</param>
internal sealed record BenchEnd(bool IsFirst, int[] Handles)
{
    /// <summary>Of two handles, one a process: its own.</summary>
    public int Own => Handles[IsFirst ? 0 : 1];

    /// <summary>Of two handles, one a direction: where it sends.</summary>
    public int Outgoing => Handles[IsFirst ? 0 : 1];

    /// <summary>Of two handles, one a direction: where it receives.</summary>
    public int Incoming => Handles[IsFirst ? 1 : 0];
}
