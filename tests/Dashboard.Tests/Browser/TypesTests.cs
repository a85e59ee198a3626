using System.Diagnostics;
using System.Text.Json;

namespace Ipcscope.Dashboard.Tests.Browser;

/// <summary>The pages' source, as its compiler sees it.</summary>
public sealed class TypesTests
{
    private const int DebiansNode = 18;
    private static readonly string Web = Path.GetFullPath(Path.Combine(BrowserRun.Here(), "../../../src/Dashboard/web"));

    [Fact]
    public void The_pages_have_no_type_error()
    {
        using var check = Process.Start(new ProcessStartInfo("npm", ["run", "--silent", "check"])
        {
            WorkingDirectory = Web,
            RedirectStandardOutput = true,
        })!;
        string said = check.StandardOutput.ReadToEnd();
        check.WaitForExit();
        Assert.Equal("", said);
        Assert.Equal(0, check.ExitCode);
    }

    /// <summary>deploy/setup installs what the distribution has; this machine may have a newer one.</summary>
    [Fact]
    public void No_package_needs_a_newer_node_than_Debian_12_has()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Web, "package-lock.json")));
        IEnumerable<string> newer =
            from package in json.RootElement.GetProperty("packages").EnumerateObject()
            where package.Value.TryGetProperty("engines", out JsonElement engines) && engines.TryGetProperty("node", out JsonElement node)
                && !node.GetString()!.Split("||").Any(static range => int.Parse(range.Trim().TrimStart('>', '=', '^', ' ').Split('.')[0]) <= DebiansNode)
            select package.Name;
        Assert.Empty(newer);
    }
}
