using System.Diagnostics;

namespace Ipcscope.Dashboard.Tests.Browser;

/// <summary>The pages' source, as its compiler sees it.</summary>
public sealed class TypesTests
{
    [Fact]
    public void The_pages_have_no_type_error()
    {
        using var check = Process.Start(new ProcessStartInfo("npm", ["run", "--silent", "check"])
        {
            WorkingDirectory = Path.GetFullPath(Path.Combine(BrowserRun.Here(), "../../../src/Dashboard/web")),
            RedirectStandardOutput = true,
        })!;
        string said = check.StandardOutput.ReadToEnd();
        check.WaitForExit();
        Assert.Equal("", said);
        Assert.Equal(0, check.ExitCode);
    }
}
