using System.Text;
using Ipcscope.Listen;

namespace Ipcscope.Dashboard.Agents;

/// <summary>A token that we send: read from a file, again when it changes.</summary>
internal static class BearerFile
{
    /// <summary>Reads it.</summary>
    /// <param name="path">The file; empty: there is no token.</param>
    /// <param name="time">The clock.</param>
    /// <returns>What gives the token as it is now, or null.</returns>
    /// <exception cref="AccessException">It cannot be used.</exception>
    public static Func<string?> Open(string path, TimeProvider time)
    {
        if (path.Length == 0)
        {
            return static () => null;
        }
        var file = new WatchedFile<string>([path], Read, static fault => fault is FormatException, time);
        _ = file.Value;
        return () => file.Value;
    }

    private static string Read(byte[][] files)
    {
        _ = Token.Read(files[0]); // it is one, or this says why not
        return Encoding.ASCII.GetString(files[0]).Trim();
    }
}
