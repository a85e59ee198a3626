using System.Runtime.CompilerServices;

namespace Ipcscope.Tests;

/// <summary>Paths in the source tree.</summary>
internal static class Repository
{
    /// <summary>The absolute path of a file given from the top of the tree.</summary>
    internal static string Path(string relative) => System.IO.Path.Combine(Top(), relative);

    private static string Top([CallerFilePath] string thisFile = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(thisFile)!, "../.."));
}
