namespace Ipcscope.Cli.Bench;

/// <summary>A pipe whose reads and writes io_uring(7) carries out, one at a time.</summary>
internal sealed class IoUringMechanism() : PipeMechanism("io_uring")
{
    /// <inheritdoc/>
    public override string Note => "a pipe, one request at a time";

    /// <inheritdoc/>
    public override string Advice => "see sysctl kernel.io_uring_disabled, the seccomp profile of a container, and ulimit -l";

    /// <inheritdoc/>
    protected override IBenchChannel Join(int readFd, int writeFd) => new IoUringChannel(readFd, writeFd);
}
