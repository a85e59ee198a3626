using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Ipcscope.Cli;

/// <summary>The names of error numbers: <c>EPIPE</c>.</summary>
internal static unsafe partial class ErrnoName
{
    private static readonly ConcurrentDictionary<int, string> Names = [];

    /// <summary>The name of an errno; its number if it has none.</summary>
    public static string Of(int number) => Names.GetOrAdd(
        number,
        static n => Marshal.PtrToStringUTF8((nint)LibC.strerrorname_np(n)) ?? n.ToString(CultureInfo.InvariantCulture));
}
