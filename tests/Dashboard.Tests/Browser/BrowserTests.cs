namespace Ipcscope.Dashboard.Tests.Browser;

/// <summary>Every page in Debian's chromium, before a real dashboard of a real agent that watches processes whose figures are known.</summary>
public sealed class BrowserTests(BrowserRun run) : IClassFixture<BrowserRun>
{
    /// <summary>What <c>browse.mjs</c> checks, in its order.</summary>
    public static TheoryData<string> Checks =>
    [
        "link", "strangers", "live", "overview", "channels", "channel", "update", "operations", "process", "processes", "waits", "topology", "latency", "objects", "findings", "fleet",
        "filter", "keys", "export", "pages-light", "pages-dark", "killed", "hostile", "outside", "faults",
    ];

    [Theory]
    [MemberData(nameof(Checks))]
    public void Page(string check) => Assert.True(run.Of(check) == $"passed {check}", run.Of(check));
}
