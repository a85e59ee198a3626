using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ipcscope.KernelTests.Product;
using Ipcscope.KernelTests.Programs;
using Ipcscope.Tests.Api;

namespace Ipcscope.KernelTests.Api;

/// <summary>What clients and settings cannot do to the agent.</summary>
[Collection(nameof(ProductGroup))]
public sealed class ApiBoundsTests
{
    private const int Pipes = 1500;

    [Fact]
    public void Who_never_reads_is_cut_off_and_the_others_are_served()
    {
        using RunningAgent agent = new("aggregation: { interval: 100ms }", api: "");
        using ApiClient api = new(agent);
        List<AnonymousPipeServerStream> pipes = [.. Enumerable.Range(0, Pipes).Select(_ => new AnonymousPipeServerStream(PipeDirection.Out))];
        pipes.ForEach(pipe => pipe.WriteByte(1));
        Assert.True(Eventually.Get(() => api.Read("/api/v1/channels?limit=1").GetProperty("total").GetInt32(), total => total >= Pipes) >= Pipes);
        using Socket silent = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        silent.Connect(IPAddress.Loopback, agent.ApiPort);
        silent.Send(Encoding.ASCII.GetBytes("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        JsonElement health = Eventually.Get(Busily, health => Slow(health) > 0, TimeSpan.FromSeconds(20));
        Assert.True(Slow(health) > 0, health.GetRawText());
        Assert.Equal(0, Eventually.Get(() => api.Read("/api/v1/health").GetProperty("viewers").GetInt32(), viewers => viewers == 0));
        Assert.Equal(0, api.Read("/api/v1/health").GetProperty("stages").EnumerateArray().Single(stage => stage.GetProperty("stage").GetString() == "output").GetProperty("unexplained").GetInt64());
        Assert.Equal(Slow(health), (ulong)agent.Scrape().Named("ipcscope_lost_total").Single(lost => lost["cause"] == "consumer_slow").Value);
        pipes.ForEach(pipe => pipe.Dispose());

        // Every pipe is in every event: else it depends on the rest of the machine whether what the kernel holds for a socket gets full.
        JsonElement Busily()
        {
            pipes.ForEach(static pipe => pipe.WriteByte(1));
            return api.Read("/api/v1/health");
        }
    }

    [Fact]
    public void New_settings_move_it_and_a_port_that_is_taken_leaves_the_old_ones()
    {
        using RunningAgent agent = new(api: "");
        using ApiClient api = new(agent);
        SseReader stream = api.Open("/api/v1/stream");
        int moved = Loopback.FreePort();
        string settings = File.ReadAllText(agent.ConfigFile);
        File.WriteAllText(agent.ConfigFile, settings.Replace($"{agent.ApiPort}", $"{moved}", StringComparison.Ordinal));
        Signals.Send(agent.Pid, Signals.HangUp);
        Assert.Equal(HttpStatusCode.OK, Eventually.Get(() => Status(moved), status => status == HttpStatusCode.OK, TimeSpan.FromSeconds(20)));
        Assert.Null(Status(agent.ApiPort));
        Assert.Null(End(stream));

        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        File.WriteAllText(agent.ConfigFile, settings.Replace($"{agent.ApiPort}", $"{((IPEndPoint)taken.LocalEndpoint).Port}", StringComparison.Ordinal));
        Signals.Send(agent.Pid, Signals.HangUp);
        string log = Eventually.Get(() => agent.Log, log => log.Contains("old settings stay", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        Assert.Contains("cannot serve the API", log, StringComparison.Ordinal);
        Assert.Contains("choose another one with api.listen", log, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, Eventually.Get(() => Status(moved), status => status == HttpStatusCode.OK));
        Assert.Equal(0, agent.End(Signals.Terminate).Status);
        Attached.AssertNoneLeft();
    }

    [Fact]
    public void A_port_that_is_taken_is_said_and_nothing_stays()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int metrics = Loopback.FreePort();
        Outcome outcome = Binary.RunAny(["env", $"IPCSCOPE_METRICS_LISTEN=127.0.0.1:{metrics}", $"IPCSCOPE_API_LISTEN=127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}", Binary.Path, "run"]);
        Refusal.AssertOneLine(outcome.AssertStatus(1), "cannot serve the API", "api.listen");
        Assert.Null(Status(metrics));
        Attached.AssertNoneLeft();
    }

    private static ulong Slow(JsonElement health) => health.GetProperty("losses").EnumerateArray()
        .Where(loss => loss.GetProperty("cause").GetString() == "consumer_slow").Aggregate(0UL, (sum, loss) => sum + loss.GetProperty("count").GetUInt64());

    // What still comes is read; null: the stream has ended.
    private static string? End(SseReader stream)
    {
        try
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(10));
            while (stream.NextAsync(patience.Token).GetAwaiter().GetResult() is not null)
            {
            }
            return null;
        }
        catch (Exception end) when (end is IOException or HttpRequestException)
        {
            return null;
        }
    }

    private static HttpStatusCode? Status(int port)
    {
        try
        {
            using HttpClient http = new();
            using HttpResponseMessage answer = http.GetAsync(new Uri($"http://127.0.0.1:{port}/livez")).GetAwaiter().GetResult();
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
