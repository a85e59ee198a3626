using System.Net.Sockets;
using System.Text;
using Ipcscope.Config;
using Ipcscope.Tests.Hostile;

namespace Ipcscope.Tests.Listen;

/// <summary>No request reads a file, is answered with a fault of ours, or ends the server.</summary>
public sealed class HostileRequestTests
{
    private static readonly string[] Paths =
    [
        "/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/metrics/../../etc/passwd", "/metrics%00", "/..\\..\\etc\\passwd", "/proc/self/environ",
        "file:///etc/passwd", "http://localhost/etc/passwd", "*", "", "/metrics?filter=", "/?" , "/%", "/%zz", "/\u00ff", "/metrics#/etc/passwd",
    ];

    // 505: another version of HTTP. Other statuses above 499 would be faults of ours.
    private static readonly string[] Answers = ["2", "4", "505"];

    [Fact]
    public async Task It_goes_on_after_anything()
    {
        await using GuardedServer server = await GuardedServer.StartAsync(new AccessOptions());
        Property.Holds(random =>
        {
            string answer = Ask(server.Address.Port, Request(random));
            Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
            Assert.True(answer.Length == 0 || Answers.Any(status => answer.StartsWith($"HTTP/1.1 {status}", StringComparison.Ordinal)), answer);
        }, cases: 150);
        Assert.Equal(200, await server.AskAsync());
    }

    [Theory]
    [InlineData("GET /{0} HTTP/1.1\r\nHost: localhost\r\n\r\n", (8 << 10) + 100, "414")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nX: {0}\r\n\r\n", (16 << 10) + 100, "431")]
    public async Task What_is_too_long_is_refused(string request, int length, string status)
    {
        await using GuardedServer server = await GuardedServer.StartAsync(new AccessOptions());
        Assert.StartsWith($"HTTP/1.1 {status} ", Ask(server.Address.Port, Encoding.ASCII.GetBytes(string.Format(null, request, new string('x', length))), ends: false), StringComparison.Ordinal);
    }

    private static byte[] Request(Random random)
    {
        if (random.Next(4) == 0)
        {
            return HostileText.Bytes(random, 4096);
        }
        List<byte> request = [.. Encoding.Latin1.GetBytes($"{(random.Next(4) == 0 ? "POST" : "GET")} {Paths[random.Next(Paths.Length)]}")];
        request.AddRange(random.Next(2) == 0 ? [] : HostileText.Bytes(random, 100));
        request.AddRange(Encoding.ASCII.GetBytes(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"));
        for (int i = random.Next(3); i > 0; i--)
        {
            request.AddRange([.. "X"u8, .. HostileText.Bytes(random, 60), .. ": "u8, .. HostileText.Bytes(random, 200), .. "\r\n"u8]);
        }
        return [.. request, .. "\r\n"u8];
    }

    private static string Ask(int port, byte[] request, bool ends = true)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect("127.0.0.1", port);
        byte[] buffer = new byte[1 << 16];
        int length = 0;
        try
        {
            socket.Send(request);
            if (ends)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
            for (int count; length < buffer.Length && (count = socket.Receive(buffer, length, buffer.Length - length, SocketFlags.None)) > 0;)
            {
                length += count;
            }
        }
        catch (SocketException)
        {
            // it did not want to hear the rest
        }
        return Encoding.Latin1.GetString(buffer, 0, length);
    }
}
