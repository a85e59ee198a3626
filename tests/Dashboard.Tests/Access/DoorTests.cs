using System.Net;
using Ipcscope.Dashboard.Tests.Fake;
using static Ipcscope.Dashboard.Tests.Dashboard;

namespace Ipcscope.Dashboard.Tests.Access;

/// <summary>Who gets in, and with what.</summary>
public sealed class DoorTests : IAsyncLifetime
{
    private const string Api = "/api/v1/agents";

    private Dashboard _dashboard = null!;

    public async Task InitializeAsync() => _dashboard = await StartAsync(With("127.0.0.1:1"), signIn: false);

    public async Task DisposeAsync() => await _dashboard.DisposeAsync();

    [Fact]
    public async Task Without_a_cookie_nothing_is_told()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Api));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/?token=wrong"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/livez"));
    }

    [Fact]
    public async Task The_link_serves_once()
    {
        string link = _dashboard.Invitation;
        using HttpResponseMessage response = await _dashboard.Browser.GetAsync(new Uri(link.Replace("/?", "/topology?filter=x&", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/topology?filter=x", response.Headers.Location!.ToString());
        string cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.Matches("; path=/; samesite=strict; httponly$", cookie);
        Assert.NotEqual(link, _dashboard.Invitation);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(link));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Api, ("Cookie", cookie.Split(';')[0])));
        Assert.Equal(HttpStatusCode.SeeOther, await StatusAsync(link, ("Cookie", cookie.Split(';')[0])));
    }

    [Theory]
    [InlineData("Host", "evil.example", 421)]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 401)]
    [InlineData("Cookie", "ipcscope=0123456789abcdef", 401)]
    public async Task Others_are_sent_away(string header, string value, int status) => Assert.Equal(status, (int)await StatusAsync(Api, (header, value)));

    [Fact]
    public async Task Nothing_can_be_changed()
    {
        using HttpResponseMessage response = await _dashboard.Browser.PostAsync(new Uri(Api, UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Who_comes_by_a_link_from_elsewhere_comes_again()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/topology", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/topology", ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")));
    }

    [Fact]
    public async Task Pages_are_safe_and_cached_by_their_tag()
    {
        await using FakeAgent agent = await FakeAgent.StartAsync(new FakeWorld("a", 1, 1));
        await using Dashboard dashboard = await StartAsync(With(agent.Address));
        using HttpResponseMessage page = await dashboard.Browser.GetAsync(new Uri("/topology", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("unsafe", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(("nosniff", "no-referrer"), (page.Headers.GetValues("X-Content-Type-Options").Single(), page.Headers.GetValues("Referrer-Policy").Single()));
        Assert.Equal("no-cache", page.Headers.CacheControl!.ToString());
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri("/topology", UriKind.Relative));
        again.Headers.IfNoneMatch.Add(page.Headers.ETag!);
        using HttpResponseMessage same = await dashboard.Browser.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        using HttpResponseMessage none = await dashboard.Browser.GetAsync(new Uri("/none.js", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private async Task<HttpStatusCode> StatusAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.RelativeOrAbsolute));
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using HttpResponseMessage response = await _dashboard.Browser.SendAsync(request);
        return response.StatusCode;
    }
}
