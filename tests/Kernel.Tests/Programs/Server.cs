using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Ipcscope.KernelTests.Programs;

/// <summary>A server that a test has started. It is ended by its process id.</summary>
internal sealed partial class Server : IDisposable
{
    internal const int Quit = 3; // SIGQUIT, signal(7)
    internal const int Terminate = 15; // SIGTERM

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _name;
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    internal Server(string folder, params string[] command)
    {
        _name = string.Join(' ', command);
        _process = Command.Start(folder, command);
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>A file in which the server tells that it is ready, by this text.</summary>
    internal required (string File, string Text) Ready { get; init; }

    /// <summary>A file whose first line is its process id.</summary>
    internal required string PidFile { get; init; }

    /// <summary>The signal that makes it end in good order.</summary>
    internal int Signal { get; init; } = Terminate;

    internal void AwaitReady()
    {
        long started = Stopwatch.GetTimestamp();
        while (!File.Exists(Ready.File) || !File.ReadAllText(Ready.File).Contains(Ready.Text, StringComparison.OrdinalIgnoreCase))
        {
            Assert.False(_process.HasExited, $"{_name} has ended: {Output()}");
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"{_name} is not ready after {Patience}: {Output()}");
            Thread.Sleep(20);
        }
    }

    public void Dispose()
    {
        using (_process)
        {
            if (!_process.HasExited && File.Exists(PidFile))
            {
                _ = Kill(int.Parse(File.ReadLines(PidFile).First()), Signal);
            }
            if (!_process.WaitForExit(Patience))
            {
                _process.Kill(entireProcessTree: true);
                Assert.Fail($"{_name} did not end within {Patience}: {Output()}");
            }
            Assert.True(_process.ExitCode == 0, $"{_name} ended with {_process.ExitCode}: {Output()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }

    private string Output()
    {
        lock (_output)
        {
            return _output.ToString();
        }
    }
}
