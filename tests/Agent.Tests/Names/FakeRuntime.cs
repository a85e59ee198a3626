using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Ipcscope.Tests.Names;

/// <summary>A container runtime that tells of one pod, by CRI over a unix socket. Its messages are encoded by Google's library.</summary>
internal sealed class FakeRuntime : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeRuntime(WebApplication app, string socket) => (_app, Socket) = (app, socket);

    public string Socket { get; }

    /// <summary>Containers by id; each is called as it says.</summary>
    public Dictionary<string, string> Containers { get; } = [];

    /// <summary>gRPC status of every answer.</summary>
    public int Status { get; set; }

    public int Calls { get; private set; }

    public static async Task<FakeRuntime> StartAsync(string socket)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2));
        WebApplication app = builder.Build();
        var runtime = new FakeRuntime(app, socket);
        app.MapPost("/runtime.v1.RuntimeService/ListPodSandbox", context => runtime.AnswerAsync(context, Sandboxes));
        app.MapPost("/runtime.v1.RuntimeService/ListContainers", context => runtime.AnswerAsync(context, runtime.List));
        await app.StartAsync();
        return runtime;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        File.Delete(Socket);
    }

    private static void Sandboxes(CodedOutputStream output) => Nested(output, 1, pod =>
    {
        Text(pod, 1, "sandbox-1");
        Nested(pod, 2, metadata =>
        {
            Text(metadata, 1, "web-5d9c-x7k2p");
            Text(metadata, 2, "1b2c3d4e-0000-1111-2222-333344445555");
            Text(metadata, 3, "shop");
            metadata.WriteTag(4, WireFormat.WireType.Varint);
            metadata.WriteUInt32(1);
        });
        pod.WriteTag(4, WireFormat.WireType.Varint);
        pod.WriteInt64(1_700_000_000_000_000_000);
        Nested(pod, 5, label =>
        {
            Text(label, 1, "pod-template-hash");
            Text(label, 2, "5d9c");
        });
    });

    private void List(CodedOutputStream output)
    {
        foreach ((string id, string name) in Containers)
        {
            Nested(output, 1, container =>
            {
                Text(container, 1, id);
                Text(container, 2, "sandbox-1");
                Nested(container, 3, metadata =>
                {
                    Text(metadata, 1, name);
                    metadata.WriteTag(2, WireFormat.WireType.Varint);
                    metadata.WriteUInt32(3);
                });
            });
        }
    }

    private async Task AnswerAsync(HttpContext context, Action<CodedOutputStream> write)
    {
        Calls++;
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        using var message = new MemoryStream();
        using (var output = new CodedOutputStream(message, leaveOpen: true))
        {
            write(output);
        }
        int length = (int)message.Length;
        if (Status == 0)
        {
            await context.Response.Body.WriteAsync(new byte[] { 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length });
            await context.Response.Body.WriteAsync(message.ToArray());
        }
        context.Response.AppendTrailer("grpc-status", $"{Status}");
        context.Response.AppendTrailer("grpc-message", Status == 0 ? "" : "not%20now");
    }

    private static void Text(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static void Nested(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var nested = new CodedOutputStream(memory, leaveOpen: true))
        {
            write(nested);
        }
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(memory.ToArray()));
    }
}
