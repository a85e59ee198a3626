using Ipcscope.Config;
using Ipcscope.Dashboard.Config;

namespace Ipcscope.Dashboard.Tests.Config;

/// <summary>Settings, and what is wrong with them.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("--listen=0.0.0.0:9466", "listen: others can reach 0.0.0.0:9466, and nobody would be asked who they are; allowed: a loopback address, or tokenFile or proxy with it")]
    [InlineData("--agents=here", "--agents: found \"here\"; allowed: a list of addresses: host:port, https://host:port, or dns:name:port for all that a name resolves to, each once")]
    public void Faults_name_what_to_do(string argument, string fault)
    {
        CommandLine line = CommandLine.Read([argument], out List<string> faults);
        Assert.Empty(faults);
        Assert.Equal(fault, line.Load().Faults.Single().ToString());
    }

    [Fact]
    public void Unknown_options_are_faults()
    {
        CommandLine.Read(["--listne", "x", "--agents"], out List<string> faults);
        Assert.Equal(["\"--listne\" is unknown (did you mean \"--listen\"?) (see --help)", "\"x\" is unknown (see --help)", "--agents needs a value (see --help)"], faults);
    }

    [Fact]
    public void Every_key_is_documented()
    {
        string documentation = File.ReadAllText(Path.Combine(Repository(), "docs/dashboard.md"));
        Assert.All(DashboardSettings.All.Select(static setting => setting.Key.Split('.')[^1]), key => Assert.Contains(key, documentation, StringComparison.Ordinal));
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Agent.sln")))
        {
            folder = folder.Parent;
        }
        return folder.FullName;
    }
}
