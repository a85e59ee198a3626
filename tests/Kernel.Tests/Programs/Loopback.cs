using System.Net;
using System.Net.Sockets;

namespace Ipcscope.KernelTests.Programs;

internal static class Loopback
{
    /// <summary>A TCP port that nobody has just now.</summary>
    internal static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
