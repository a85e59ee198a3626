using System.Net;
using System.Text.Json;
using Ipcscope.Dashboard.Config;
using Ipcscope.Dashboard.Tests.Fake;
using static Ipcscope.Dashboard.Tests.Dashboard;

namespace Ipcscope.Dashboard.Tests.Access;

/// <summary>https of the pages, and to agents that want to see a certificate.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly Authority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Pages_are_served_by_https_and_the_cookie_is_for_that_only()
    {
        (string certificate, string key) = _authority.Sign("dashboard");
        await using Dashboard dashboard = await StartAsync(
            With("127.0.0.1:1") with { Tls = new TlsOptions { CertificateFile = certificate, KeyFile = key } }, signIn: false, trust: _authority.Policy);
        Assert.StartsWith("https://127.0.0.1:", dashboard.Invitation, StringComparison.Ordinal);
        using HttpResponseMessage response = await dashboard.Browser.GetAsync(new Uri(dashboard.Invitation));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Matches("; path=/; secure; samesite=strict; httponly$", response.Headers.GetValues("Set-Cookie").Single());
    }

    [Fact]
    public async Task An_agent_gets_to_see_the_dashboards_certificate()
    {
        await using FakeAgent agent = await StartAgentAsync();
        (string certificate, string key) = _authority.Sign("dashboard");
        var tls = new AgentTlsOptions { CaFile = _authority.Root, CertificateFile = certificate, KeyFile = key };
        await using Dashboard dashboard = await StartAsync(With($"https://{agent.Address}") with { AgentTls = tls });
        await dashboard.UntilStateAsync("a", "live");
        Assert.Equal(1, (await dashboard.GetAsync("/api/v1/channels")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Without_its_certificate_the_dashboard_hears_nothing()
    {
        await using FakeAgent agent = await StartAgentAsync();
        await using Dashboard dashboard = await StartAsync(With($"https://{agent.Address}") with { AgentTls = new AgentTlsOptions { CaFile = _authority.Root } });
        Assert.EndsWith("see agentTls)", await ErrorAsync(dashboard), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_of_another_authority_is_not_believed()
    {
        using var other = new Authority();
        await using FakeAgent agent = await StartAgentAsync();
        await using Dashboard dashboard = await StartAsync(With($"https://{agent.Address}") with { AgentTls = new AgentTlsOptions { CaFile = other.Root } });
        string error = await ErrorAsync(dashboard);
        Assert.StartsWith("its certificate is not trusted: ", error, StringComparison.Ordinal);
        Assert.EndsWith("(see agentTls)", error, StringComparison.Ordinal);
    }

    private Task<FakeAgent> StartAgentAsync()
    {
        (string certificate, string key) = _authority.Sign("agent");
        return FakeAgent.StartAsync(new FakeWorld("a", 1, 1), tls: [certificate, key, _authority.Root]);
    }

    private static async Task<string> ErrorAsync(Dashboard dashboard)
    {
        JsonElement agents = await dashboard.UntilAsync("/api/v1/agents", answer => Items(answer).Single().TryGetProperty("error", out _));
        Assert.Equal("connecting", Items(agents).Single().GetProperty("state").GetString());
        return Items(agents).Single().GetProperty("error").GetString()!;
    }
}
