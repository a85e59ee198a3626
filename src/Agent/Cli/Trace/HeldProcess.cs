using System.Runtime.InteropServices;
using System.Text;

namespace Ipcscope.Cli;

/// <summary>
/// The other side of <see cref="TracedCommand"/>: this binary started once more, which stops itself until it is watched and then
/// becomes the command. A managed process cannot fork safely, and posix_spawn(3) cannot hold what it starts.
/// </summary>
internal static unsafe class HeldProcess
{
    /// <summary>The first argument that asks for it, followed by the path of the command and the command with its arguments.</summary>
    public const string Word = "__held";

    private const int SIGPIPE = 13;
    private const int SIGKILL = 9;
    private const int SIGSTOP = 19;
    private const int PR_SET_PDEATHSIG = 1;
    private const int ENOENT = 2;

    /// <summary>Whether these are the arguments of a held process.</summary>
    public static bool IsWanted(string[] arguments) => arguments is [Word, _, _, ..];

    /// <summary>Stops, goes on when told so, and does not return unless the command cannot be executed.</summary>
    public static int Run()
    {
        // The bytes as they were given: what came through strings would have lost what is not UTF-8.
        List<byte[]> arguments = NativeStrings.ReadFile("/proc/self/cmdline");
        using var path = new NativeStrings([arguments[2]]);
        using var command = new NativeStrings(arguments[3..]);
        // Nobody would ever wake us if the tracer died now.
        _ = LibC.prctl(PR_SET_PDEATHSIG, SIGKILL);
        // The runtime ignores SIGPIPE, and what is ignored stays ignored over exec.
        _ = LibC.signal(SIGPIPE, 0);
        _ = LibC.raise(SIGSTOP);
        _ = LibC.prctl(PR_SET_PDEATHSIG, 0);
        _ = LibC.execv(path.Vector[0], command.Vector);
        int error = Marshal.GetLastPInvokeError();
        Console.Error.WriteLine($"ipcscope: cannot run {DisplayText.Clean(Encoding.UTF8.GetString(arguments[2]))}: {Marshal.GetPInvokeErrorMessage(error)}");
        return error == ENOENT ? ExitStatus.NotFound : ExitStatus.NotExecutable;
    }
}
