namespace Ipcscope.KernelTests;

/// <summary>
/// Whether this machine runs 32-bit programs. Some virtual machines cannot, whatever their kernel was configured for: there the scenarios of
/// 32-bit programs cannot be performed, and tests/run says so.
/// </summary>
public sealed class CompatPrograms
{
    private const string By32BitCall = "int80";

    internal static bool Run { get; } = Workload.Runs(Workload.Compat);

    /// <summary>Whether a scenario of the 64-bit program can be performed: one makes 32-bit calls.</summary>
    internal static bool Allow(string scenario) => Run || scenario != By32BitCall;

    [Fact]
    public void ThePrograms_AreThere_AndOf32Bits()
    {
        byte[] header = new byte[5];
        using FileStream file = File.OpenRead(Workload.FullPath(Workload.Compat));
        file.ReadExactly(header);
        Assert.Equal((byte[])[0x7f, (byte)'E', (byte)'L', (byte)'F', 1], header); // ELFCLASS32: what the kernel refuses is no broken build
    }
}
