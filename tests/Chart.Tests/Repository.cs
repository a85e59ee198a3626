using System.Runtime.CompilerServices;

namespace Ipcscope.ChartTests;

/// <summary>Paths in the source tree.</summary>
internal static class Repository
{
    /// <summary>The absolute path of a file given from the top of the tree.</summary>
    internal static string Path(string relative) => System.IO.Path.Combine(Top(), relative);

    /// <summary>The files of a folder that a pattern matches, by name and in order.</summary>
    internal static string[] Files(string folder, string pattern) =>
        [.. Directory.GetFiles(Path(folder), pattern).Order(StringComparer.Ordinal)];

    private static string Top([CallerFilePath] string thisFile = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(thisFile)!, "../.."));
}
