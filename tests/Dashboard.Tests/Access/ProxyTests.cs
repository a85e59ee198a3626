using System.Net;
using Ipcscope.Dashboard.Config;
using static Ipcscope.Dashboard.Tests.Dashboard;

namespace Ipcscope.Dashboard.Tests.Access;

/// <summary>A proxy that vouches for its users.</summary>
public sealed class ProxyTests
{
    private const string Header = "X-Forwarded-User";

    [Theory]
    [InlineData("127.0.0.0/8", "ada", 200)]
    [InlineData("127.0.0.0/8", "", 401)]
    [InlineData("127.0.0.0/8", null, 401)]
    [InlineData("10.0.0.0/8", "ada", 401)]
    public async Task Its_header_is_believed_of_its_own_address_only(string addresses, string? user, int status)
    {
        await using Dashboard dashboard = await StartAsync(
            With("127.0.0.1:1") with { Proxy = new ProxyOptions { Header = Header, Addresses = [IPNetwork.Parse(addresses)] } }, signIn: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/agents", UriKind.Relative));
        if (user is not null)
        {
            request.Headers.TryAddWithoutValidation(Header, user);
        }
        using HttpResponseMessage response = await dashboard.Browser.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.EndsWith(" by the proxy", dashboard.Invitation, StringComparison.Ordinal);
    }
}
