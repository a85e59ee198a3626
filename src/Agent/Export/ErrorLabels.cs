using System.Collections.Concurrent;
using System.Text;
using Ipcscope.Decode;

namespace Ipcscope.Export;

/// <summary>The label <c>error</c> as bytes: what follows the other labels of a line.</summary>
internal static class ErrorLabels
{
    private static readonly ConcurrentDictionary<int, byte[]> Known = new();

    /// <summary>For calls that never returned.</summary>
    public static ReadOnlySpan<byte> Interrupted => ",error=\"interrupted\"} "u8;

    /// <summary>For an errno: <c>,error="EPIPE"} </c>; <c>other</c> for 0.</summary>
    public static ReadOnlySpan<byte> Of(int number) =>
        Known.GetOrAdd(number, static value => Encoding.ASCII.GetBytes($",error=\"{(value == 0 ? "other" : Errno.Name(value))}\"}} "));
}
