using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ipcscope.ChartTests.Live;

/// <summary>A program that runs until it is disposed of.</summary>
internal sealed class Background : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    internal Background(params string[] command)
    {
        _process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>A port that nobody listens at.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>What it has written so far.</summary>
    internal string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Waits until an address answers with status 200.</summary>
    internal void AwaitAnswer(string address) => Await(() =>
    {
        try
        {
            using HttpResponseMessage answer = Http.GetAsync(new Uri(address)).GetAwaiter().GetResult();
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    });

    /// <summary>Waits until something is so.</summary>
    internal void Await(Func<bool> done)
    {
        long started = Stopwatch.GetTimestamp();
        while (!done())
        {
            Assert.False(_process.HasExited, $"{_process.StartInfo.FileName} has ended: {Said}");
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"{_process.StartInfo.FileName}: not within {Patience}: {Said}");
            Thread.Sleep(50);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Tool.Run(["kill", "-TERM", $"{_process.Id}"]);
            if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            _said.AppendLine(line.Data);
        }
    }
}
