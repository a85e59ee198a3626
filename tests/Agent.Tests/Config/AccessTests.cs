using Ipcscope.Config;

namespace Ipcscope.Tests.Config;

/// <summary>Nobody is answered unasked from elsewhere.</summary>
public sealed class AccessTests
{
    [Theory]
    [InlineData("127.0.0.1:9464", "", "", "", "", null)]
    [InlineData("[::1]:9464", "", "", "", "", null)]
    [InlineData("localhost:9464", "", "", "", "", null)]
    [InlineData("0.0.0.0:9464", "", "", "", "", "others can reach")]
    [InlineData("10.0.0.7:0", "", "", "", "", "others can reach")]
    [InlineData("[::]:9464", "", "/c", "/k", "", "others can reach")]
    [InlineData("0.0.0.0:9464", "/t", "", "", "", null)]
    [InlineData("0.0.0.0:9464", "", "/c", "/k", "/ca", null)]
    [InlineData("0.0.0.0:9464", "", "", "", "/ca", "TLS needs")]
    [InlineData("127.0.0.1:9464", "", "/c", "", "", "TLS needs")]
    [InlineData("127.0.0.1:9464", "", "", "/k", "", "TLS needs")]
    [InlineData("127.0.0.1:9464", "relative", "", "", "", "path of a file from /")]
    public void An_address_and_who_may_ask(string listen, string token, string certificate, string key, string ca, string? fault)
    {
        ConfigResult<AgentOptions> result = ConfigLoader.Load<AgentOptions>(null, new Dictionary<string, string>
        {
            ["IPCSCOPE_METRICS_LISTEN"] = listen,
            ["IPCSCOPE_METRICS_TOKEN_FILE"] = token,
            ["IPCSCOPE_METRICS_TLS_CERTIFICATE_FILE"] = certificate,
            ["IPCSCOPE_METRICS_TLS_KEY_FILE"] = key,
            ["IPCSCOPE_METRICS_TLS_CLIENT_CA_FILE"] = ca,
        });
        if (fault is null)
        {
            Assert.Empty(result.Faults);
            return;
        }
        Assert.Contains(fault, Assert.Single(result.Faults).Message, StringComparison.Ordinal);
    }
}
