using System.Net;
using System.Net.Sockets;

namespace Ipcscope.KernelTests.Product;

/// <summary>More connections than a listener takes: docs/listen.md.</summary>
[Collection(nameof(ProductGroup))]
public sealed class ConnectionTests
{
    private const int Most = 2048;
    private const int Beyond = 50;

    // Those beyond are ended before anything is asked; the one by which readiness was asked may still be there.
    [Fact]
    public void ThoseBeyondTheMostAreEndedAndTheOthersStay()
    {
        using RunningAgent agent = new();
        List<Socket> sockets = [];
        try
        {
            for (int i = 0; i < Most + Beyond; i++)
            {
                Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                socket.Connect(IPAddress.Loopback, agent.Port);
            }
            Assert.InRange(Eventually.Get(() => sockets.Count(IsEnded), ended => ended >= Beyond, TimeSpan.FromSeconds(20)), Beyond, Beyond + 2);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
        Assert.Equal(HttpStatusCode.OK, Eventually.Get(() => agent.Status("/livez"), status => status == HttpStatusCode.OK));
    }

    // Nothing was sent, so what can be read is an end.
    private static bool IsEnded(Socket socket) => socket.Poll(0, SelectMode.SelectRead);
}
