using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Ipcscope.Dashboard.Serve;

/// <summary>The files of the pages, which are in the binary, compressed. A path without an extension is a place in the pages: it gets the first of them.</summary>
internal sealed class Assets
{
    private const string Folder = "web/";
    private const string First = "index.html";

    private readonly FrozenDictionary<string, Asset> _files = Find().ToFrozenDictionary(static file => file.Path, StringComparer.Ordinal);

    /// <summary>Answers with one.</summary>
    public Task ServeAsync(HttpContext context)
    {
        string path = (context.Request.Path.Value ?? "/").TrimStart('/');
        if (!_files.TryGetValue(path, out Asset? file))
        {
            // Names of channels and agents in the path of a page may have dots.
            if (path.StartsWith("assets/", StringComparison.Ordinal) || (!path.Contains('/') && Path.HasExtension(path)))
            {
                return Problem.WriteAsync(context, StatusCodes.Status404NotFound, "not found", "there is no such file");
            }
            file = _files[First];
        }
        return file.ServeAsync(context);
    }

    private static IEnumerable<Asset> Find()
    {
        Assembly assembly = typeof(Assets).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".gz", StringComparison.Ordinal)))
        {
            string file = name[..^".gz".Length];
            using Stream content = Open(name)!;
            yield return new Asset(file[Folder.Length..], () => Open(file + ".br"), () => Open(name), Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
        }

        Stream? Open(string name) => assembly.GetManifestResourceStream(name);
    }
}
