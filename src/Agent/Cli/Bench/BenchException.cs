using System.Runtime.InteropServices;
using Ipcscope.Decode;

namespace Ipcscope.Cli.Bench;

/// <summary>A mechanism that cannot be measured here. The message says which call failed, and why.</summary>
internal sealed class BenchException(string message) : Exception(message)
{
    /// <summary>What a system call said last on this thread.</summary>
    public static BenchException Last(string call)
    {
        int error = Marshal.GetLastPInvokeError();
        return new BenchException($"{call}: {Errno.Name(error)} ({Marshal.GetPInvokeErrorMessage(error)})");
    }

    /// <summary>The result of a call that gives -1 if it fails.</summary>
    public static int Check(int result, string call) => result >= 0 ? result : throw Last(call);
}
