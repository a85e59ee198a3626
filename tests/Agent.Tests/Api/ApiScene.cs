using System.Text.Json;
using Ipcscope.Api;
using Ipcscope.Capture;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Enrich;
using Ipcscope.Flows;
using Ipcscope.Listen;
using Ipcscope.Tests.Cli;
using Ipcscope.Tests.Export;
using Ipcscope.Tests.Objects;
using Ipcscope.Waits;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Ipcscope.Tests.Api;

/// <summary>A machine with a writer, a reader and a pipe between them, of which the API tells.</summary>
internal sealed class ApiScene : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly FakeClock _edgeClock = new();
    private ApiServer? _server;

    /// <summary>What processes do.</summary>
    public FakeCapture Capture { get; } = new(new CaptureOptions());

    /// <summary>The capture of single operations that was started last.</summary>
    public FakeCapture? Operations { get; private set; }

    /// <summary>What exists.</summary>
    public IReadOnlyList<Ipcscope.Objects.IpcObject> Objects { get; set; } = [FakeObjects.Queue, FakeObjects.Set];

    /// <summary>Who writes.</summary>
    public Process Writer { get; } = Samples.Process("sh", 77);

    /// <summary>Who reads.</summary>
    public Process Reader { get; } = Samples.Process("gzip", 78);

    /// <summary>The pipe.</summary>
    public Channel Pipe { get; } = new(new ChannelKey(7, 14, 0), Mechanism.Pipe) { Name = "pipe:[7]" };

    /// <summary>What becomes of events.</summary>
    public StreamLedger Sent { get; } = new();

    /// <summary>What the API is told.</summary>
    public ApiSources Sources(TimeProvider? time = null, TimeSpan? interval = null)
    {
        var edges = new EdgeTable(Capture.Source.Journal);
        Capture.Source.Journal.Do(Writer, Pipe, Operation.Write, 3, 192);
        Capture.Source.Journal.Do(Reader, Pipe, Operation.Read, 3, 192);
        edges.Observe();
        edges.Settle();
        return new ApiSources
        {
            Flows = Capture.Source,
            Capture = Capture,
            ReadCalls = () => Capture.Calls,
            OpenEnds = () => new FakeEnds([Holder(Writer, 4, readable: false), Holder(Reader, 0, readable: true)]),
            OpenObjects = () => new FakeObjects(() => Objects),
            Edges = edges,
            Places = Places.OfIds,
            Time = time ?? TimeProvider.System,
            StartCapture = options => Operations = new FakeCapture(options),
            Capturing = new CaptureOptions(),
            Whole = null,
            Mechanisms = AgentOptions.AllMechanisms,
            Facts = new AgentFacts("here", "1.2.3", "6.18", "x86_64", _edgeClock.Utc, interval ?? TimeSpan.FromMilliseconds(100), "kernel", "tracepoints", [("CAP_X", "x is missing")]),
            Sent = Sent,
        };
    }

    /// <summary>So many calls of 64 bytes since the beginning.</summary>
    public void Did(ulong written, ulong read)
    {
        Capture.Source.SetFlows(Flow(Writer, Operation.Write, written), Flow(Reader, Operation.Read, read));
        Capture.Source.Set(Samples.Series(Writer, written), Samples.Series(Reader, read, operation: Operation.Read));
    }

    /// <summary>A flow of the pipe.</summary>
    public FlowSample Flow(Process process, Operation operation, ulong calls)
    {
        FlowSample flow = new() { Id = (process.Key.Pid * 100) + (ulong)operation, Process = process, Channel = Pipe, Operation = operation, Errors = [] };
        flow.Counters = Samples.Series(process, calls).Counters;
        return flow;
    }

    /// <summary>The writer waits for room.</summary>
    public CallInProgress Waiting(TimeSpan age) => new()
    {
        Flow = new FlowKey(Writer.Key, Pipe.Key, Mechanism.Pipe, Operation.Write, Cgroup: Writer.Cgroup),
        Tid = 77,
        Name = "sh",
        Channel = "pipe:[7]",
        Info = new ChannelInfo { Mechanism = Mechanism.Pipe },
        Begin = 1,
        Age = (ulong)age.TotalNanoseconds,
        State = CallState.Asleep,
    };

    /// <summary>Serves.</summary>
    public async Task ServeAsync(AccessOptions? access = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var options = new ApiOptions { Listen = new ListenAddress("127.0.0.1", 0), Access = access ?? new() };
        _server = await ApiServer.StartAsync(builder, options, Access.Open(options.Access, TimeProvider.System), Sources());
    }

    /// <summary>Asks.</summary>
    public async Task<HttpResponseMessage> AskAsync(string path, HttpMethod? method = null, string? host = null, string? token = null, byte[]? body = null, string? encoding = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(new Uri(_server!.Address), path));
        request.Headers.Host = host;
        request.Content = body is null ? null : new ByteArrayContent(body);
        if (encoding is not null)
        {
            request.Headers.Add("Accept-Encoding", encoding);
        }
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Asks for a document.</summary>
    public async Task<JsonElement> ReadAsync(string path)
    {
        using HttpResponseMessage answer = await AskAsync(path);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Asks until it is so.</summary>
    public async Task ReadUntilAsync(string path, Func<JsonElement, bool> isSo)
    {
        var begun = System.Diagnostics.Stopwatch.StartNew();
        JsonElement page = await ReadAsync(path);
        while (!isSo(page))
        {
            Assert.True(begun.Elapsed < TimeSpan.FromSeconds(20), $"{path}: {page}");
            await Task.Delay(TimeSpan.FromMilliseconds(50)); // who asks more often is refused
            page = await ReadAsync(path);
        }
    }

    /// <summary>The agent ends.</summary>
    public async Task EndAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await EndAsync();
    }

    private static Descriptor Holder(Process process, int fd, bool readable) => new()
    {
        Process = process.Key,
        Name = process.Name,
        Fd = fd,
        Readable = readable,
        Writable = !readable,
        Key = new ChannelKey(7, 14, 0),
        Info = new ChannelInfo { Mechanism = Mechanism.Pipe },
    };
}
