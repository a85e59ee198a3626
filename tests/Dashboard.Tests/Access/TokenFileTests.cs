using System.Net;
using Ipcscope.Dashboard.Tests.Fake;
using static Ipcscope.Dashboard.Tests.Dashboard;

namespace Ipcscope.Dashboard.Tests.Access;

/// <summary>Tokens in files: that of browsers, and that which agents want.</summary>
public sealed class TokenFileTests : IDisposable
{
    private const string First = "0123456789abcdef";
    private const string Second = "fedcba9876543210";

    private readonly string _file = Path.GetTempFileName();

    public TokenFileTests() => File.WriteAllText(_file, First + "\n");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task It_serves_again_and_in_every_replica()
    {
        await using Dashboard dashboard = await StartAsync(With("127.0.0.1:1") with { TokenFile = _file }, signIn: false);
        await using Dashboard replica = await StartAsync(With("127.0.0.1:1") with { TokenFile = _file }, signIn: false);
        string cookie = await SignInAsync(dashboard);
        Assert.Equal(cookie.Split('=')[1], (await SignInAsync(dashboard)).Split('=')[1]);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(dashboard, "Cookie", cookie));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(replica, "Cookie", $"ipcscope-{new Uri(replica.Address).Port}={cookie.Split('=')[1]}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(dashboard, "Cookie", cookie[..^1]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(dashboard, "Authorization", $"Bearer {First}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(dashboard, "Authorization", $"Bearer {Second}"));
        Assert.DoesNotContain(First, dashboard.Invitation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_token_ends_all_sessions()
    {
        await using Dashboard dashboard = await StartAsync(With("127.0.0.1:1") with { TokenFile = _file }, signIn: false);
        string cookie = await SignInAsync(dashboard);
        await File.WriteAllTextAsync(_file, Second + "\n");
        DateTime end = DateTime.UtcNow.AddSeconds(20);
        while (await StatusAsync(dashboard, "Authorization", $"Bearer {Second}") != HttpStatusCode.OK)
        {
            Assert.True(DateTime.UtcNow < end);
            await Task.Delay(200); // ten wrong ones a second are let pass
        }
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(dashboard, "Cookie", cookie));
    }

    [Fact]
    public async Task Agents_get_theirs()
    {
        await using FakeAgent agent = await FakeAgent.StartAsync(new FakeWorld("a", 1, 1));
        agent.Token = First;
        await using Dashboard dashboard = await StartAsync(With(agent.Address) with { AgentTokenFile = _file });
        await dashboard.UntilStateAsync("a", "live");
    }

    private static async Task<string> SignInAsync(Dashboard dashboard)
    {
        using HttpResponseMessage response = await dashboard.Browser.GetAsync(new Uri($"{dashboard.Address}/?token={First}"));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<HttpStatusCode> StatusAsync(Dashboard dashboard, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/agents", UriKind.Relative));
        request.Headers.TryAddWithoutValidation(header, value);
        using HttpResponseMessage response = await dashboard.Browser.SendAsync(request);
        return response.StatusCode;
    }
}
