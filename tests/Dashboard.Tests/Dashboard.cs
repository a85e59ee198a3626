using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Ipcscope.Config;
using Ipcscope.Dashboard.Agents;
using Ipcscope.Dashboard.Config;

namespace Ipcscope.Dashboard.Tests;

/// <summary>The server in this process, and a browser that has followed its link.</summary>
internal sealed class Dashboard : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Server _server;
    private readonly SocketsHttpHandler _handler;

    private Dashboard(DashboardOptions options, X509ChainPolicy? trust, TimeProvider? time)
    {
        _server = Server.Open(options with { Listen = new ListenAddress("127.0.0.1", 0) }, time ?? TimeProvider.System);
        _handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, SslOptions = { CertificateChainPolicy = trust } };
        Browser = new HttpClient(_handler);
    }

    public HttpClient Browser { get; }

    public string Address => _server.Address;

    public string Invitation => _server.Invitation;

    public static async Task<Dashboard> StartAsync(DashboardOptions options, bool signIn = true, X509ChainPolicy? trust = null, TimeProvider? time = null)
    {
        var dashboard = new Dashboard(options, trust, time);
        await dashboard._server.StartAsync();
        dashboard.Browser.BaseAddress = new Uri(dashboard.Address);
        if (signIn)
        {
            using HttpResponseMessage response = await dashboard.Browser.GetAsync(new Uri(dashboard.Invitation));
            Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
            dashboard.Browser.DefaultRequestHeaders.Add("Cookie", response.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        }
        return dashboard;
    }

    public static DashboardOptions With(params string[] agents) => new()
    {
        Agents = [.. agents.Select(text => AgentAddress.TryParse(text, out AgentAddress? address) ? address : throw new ArgumentException(text))],
    };

    public async Task<JsonElement> GetAsync(string path)
    {
        using var json = JsonDocument.Parse(await Browser.GetStringAsync(new Uri(path, UriKind.Relative)));
        return json.RootElement.Clone();
    }

    /// <summary>Asks until the answer is as wanted; the answer.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> isWanted)
    {
        DateTime end = DateTime.UtcNow + Patience;
        while (true)
        {
            JsonElement answer = await GetAsync(path);
            if (isWanted(answer))
            {
                return answer;
            }
            Assert.True(DateTime.UtcNow < end, $"{path}: {answer}");
            await Task.Delay(20);
        }
    }

    public Task<JsonElement> UntilStateAsync(string agent, string state) =>
        UntilAsync("/api/v1/agents", agents => Items(agents).Any(one => one.GetProperty("agent").GetString() == agent && one.GetProperty("state").GetString() == state));

    public static IEnumerable<JsonElement> Items(JsonElement answer) => answer.GetProperty("items").EnumerateArray();

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        _handler.Dispose();
        await _server.DisposeAsync();
    }
}
