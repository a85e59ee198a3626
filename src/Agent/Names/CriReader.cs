using System.Net.Sockets;
using Ipcscope.Enrich;
using Ipcscope.Wire;

namespace Ipcscope.Names;

/// <summary>Asks the container runtime by its socket: <c>runtime.v1</c> of the Container Runtime Interface, containerd and CRI-O.</summary>
/// <param name="socket">Path of the socket.</param>
/// <param name="time">Clock.</param>
internal sealed class CriReader(string socket, TimeProvider time) : INameReader
{
    /// <summary>How often it asks by itself: what was deleted is noticed.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>And at most, when a container comes that it has not told of.</summary>
    internal static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500);

    private const int AnswerLimit = 16 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var endpoint = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await endpoint.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(endpoint, ownsSocket: true);
            }
            catch (SocketException fault)
            {
                endpoint.Dispose();
                throw new IOException($"{socket}: {fault.Message}", fault);
            }
        },
    })
    { BaseAddress = new Uri("http://localhost"), Timeout = Patience };

    /// <inheritdoc/>
    public string Source => $"the runtime at {socket}";

    /// <inheritdoc/>
    public async Task ReadAsync(PodTable table, Action learned, CancellationToken cancellation)
    {
        while (true)
        {
            // Sandboxes first: a container that comes in between has one that is known, or is looked for again.
            Dictionary<string, CriSandbox> sandboxes = CriMessages.ReadSandboxes(await CallAsync("ListPodSandbox", cancellation));
            List<CriContainer> containers = CriMessages.ReadContainers(await CallAsync("ListContainers", cancellation));
            table.Replace([.. CriMessages.Join(sandboxes, containers)]);
            learned();
            await Task.Delay(Least, time, cancellation);
            await table.WantedAsync(Interval - Least, time, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private Task<byte[]> CallAsync(string method, CancellationToken cancellation) =>
        GrpcCall.UnaryAsync(_client, $"/runtime.v1.RuntimeService/{method}", ReadOnlyMemory<byte>.Empty, AnswerLimit, cancellation);
}
