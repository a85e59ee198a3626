using System.Text.RegularExpressions;

namespace Ipcscope.ChartTests.Hosts;

/// <summary><c>make install</c>: what a plain host gets.</summary>
public sealed partial class InstallTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ipcscope-install").FullName;

    public InstallTests() => Install();

    [Fact]
    public void EverythingIsInItsPlace() => Assert.All(
        (string[])["usr/bin/ipcscope", "usr/bin/ipcscope-dashboard", "usr/lib/systemd/system/ipcscope-dashboard.service", "etc/ipcscope/dashboard.yaml", "usr/lib/systemd/system/ipcscope.service", "etc/ipcscope/ipcscope.yaml", "usr/share/bash-completion/completions/ipcscope",
            "usr/share/zsh/site-functions/_ipcscope", "usr/share/fish/vendor_completions.d/ipcscope.fish"],
        file => Assert.True(new FileInfo($"{_root}/{file}").Length > 0, file));

    /// <summary>Every line that is commented out is a key's default: with all of them, nothing is different.</summary>
    [Fact]
    public void TheSettingsAreTheDefaults()
    {
        string plain = Settings(File.ReadAllText($"{_root}/etc/ipcscope/ipcscope.yaml"));
        Assert.Equal(Tool.Run([$"{_root}/usr/bin/ipcscope", "run", "--check"]).AssertWell().Output, plain);
        string[] lines = File.ReadAllLines($"{_root}/etc/ipcscope/ipcscope.yaml");
        Assert.Equal(plain, Settings(string.Join('\n', lines.Where(line => Key().IsMatch(line)).Select(line => line[1..]))));
    }

    [Fact]
    public void SettingsThatAreThereStay()
    {
        File.WriteAllText($"{_root}/etc/ipcscope/ipcscope.yaml", "log: {level: debug}\n");
        Install();
        Assert.Equal("log: {level: debug}\n", File.ReadAllText($"{_root}/etc/ipcscope/ipcscope.yaml"));
    }

    [Theory]
    [InlineData("ipcscope")]
    [InlineData("ipcscope-dashboard")]
    public void SystemdTakesTheUnit(string name)
    {
        string unit = $"{_root}/usr/lib/systemd/system/{name}.service";
        Assert.DoesNotContain("@BINARY@", File.ReadAllText(unit), StringComparison.Ordinal);
        File.WriteAllText(unit, File.ReadAllText(unit).Replace("=/usr/bin/ipcscope", $"={_root}/usr/bin/ipcscope", StringComparison.Ordinal));
        Outcome outcome = Tool.Run(["systemd-analyze", "verify", unit]);
        Assert.DoesNotContain($"{name}.service", outcome.Error, StringComparison.Ordinal);
        string security = Tool.Run(["systemd-analyze", "security", "--offline=true", unit]).AssertWell().Output;
        Assert.Matches($"Overall exposure level for {name}.service: [0-3]\\.", security);
    }

    [Fact]
    public void TheDashboardTakesItsSettings() =>
        Tool.Run([$"{_root}/usr/bin/ipcscope-dashboard", "--config", $"{_root}/etc/ipcscope/dashboard.yaml", "--check"]).AssertWell();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Install() => Tool.Run([Repository.Path("deploy/install"), Repository.Path("out/ipcscope"), "/usr", _root]).AssertWell();

    private string Settings(string yaml)
    {
        File.WriteAllText($"{_root}/settings.yaml", yaml);
        return Tool.Run([$"{_root}/usr/bin/ipcscope", "run", "--config", $"{_root}/settings.yaml", "--check"]).AssertWell().Output;
    }

    [GeneratedRegex("^#(?:  )?[a-zA-Z]+:")]
    private static partial Regex Key();
}
