using System.Diagnostics;
using System.Text;
using Ipcscope.Cli;
using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Judge;

/// <summary><c>ipcscope run</c> in a guest, whose first user may be another than root. What fails is an <see cref="InvalidOperationException"/>.</summary>
internal sealed class GuestAgent : IDisposable
{
    internal const int HangUp = 1;
    internal const int Terminate = 15;
    private const int EndedByTerminate = 128 + Terminate;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5); // emulated, on a busy machine
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly Uri Address = new("http://127.0.0.1:9464");

    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly string _settings = Path.Combine(Path.GetTempPath(), $"{Workload.ProcessName}.yaml"); // whoever runs it may read it
    private readonly StringBuilder _log = new();
    private readonly Process _process;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="agent">The binary.</param>
    /// <param name="starter">What starts it.</param>
    internal GuestAgent(string agent, string[] starter)
    {
        Configure("");
        string[] command = [.. starter, agent, "run", "--config", _settings];
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Await(() => _process.HasExited || IsReady(), "ready");
        if (_process.HasExited)
        {
            _process.WaitForExit(); // for the rest of its log
            throw new InvalidOperationException($"it has ended with status {_process.ExitCode}: {Log}");
        }
    }

    internal int Pid => _process.Id;

    /// <summary>What it has written so far.</summary>
    internal string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString().ReplaceLineEndings("\n| ");
            }
        }
    }

    /// <summary>Writes its settings.</summary>
    internal void Configure(string settings) => File.WriteAllText(_settings, $"metrics: {{ listen: 127.0.0.1:{Address.Port}, labels: [process, pid] }}\napi: {{ listen: '' }}\n{settings}\n");

    /// <summary>Sends a signal.</summary>
    internal void Send(int signal) => _ = LibC.kill(Pid, signal);

    /// <summary>Asks until it is so.</summary>
    internal void Await(Func<bool> condition, string what)
    {
        long started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException($"not {what} after {Patience}: {Log}");
            }
            Thread.Sleep(Glance);
        }
    }

    /// <summary>Does what scenarios do, and fails unless its page tells every operation, or that so many runs of programs were skipped.</summary>
    internal void AssertCounted(params string[] scenarios)
    {
        foreach (string scenario in scenarios)
        {
            ulong before = Skipped(Scrape());
            SortedDictionary<string, Figures> truth = [];
            foreach ((string key, Figures figures) in Workload.Perform(Workload.Native, scenario))
            {
                truth.Add(key, figures with { Truncated = 0 }); // no page tells it
            }
            MetricsPage page = Scrape();
            SortedDictionary<string, Figures> observed = new(page.Observed(Workload.ProcessName).Where(line => truth.ContainsKey(line.Key)).ToDictionary(), StringComparer.Ordinal);
            string[] differences = Truth.Differences(truth, observed);
            if (differences.Length > 0 && !Told.Explains(truth, observed, Skipped(page) - before))
            {
                throw new InvalidOperationException($"{scenario}: {string.Join("\n| ", differences)}");
            }
        }
    }

    /// <summary>Ends it as a service manager does, and fails unless it ends well and leaves nothing.</summary>
    internal void AssertEnds()
    {
        Send(Terminate);
        if (!_process.WaitForExit(Patience))
        {
            throw new InvalidOperationException($"it did not end: {Log}");
        }
        _process.WaitForExit();
        // 143: emulated, the end took longer than the 0.9 s that the agent gives itself after SIGTERM; what counts is that it detached.
        if (_process.ExitCode is not (0 or EndedByTerminate) || Standing.Detach() is not null || !Log.Contains("] detached in ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"status {_process.ExitCode}, {Standing.Detach() ?? "detached"}: {Log}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
        _http.Dispose();
        File.Delete(_settings);
    }

    private bool IsReady()
    {
        try
        {
            using HttpResponseMessage answer = _http.GetAsync(new Uri(Address, "/readyz")).GetAwaiter().GetResult();
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private MetricsPage Scrape() => MetricsPage.Parse(_http.GetStringAsync(new Uri(Address, "/metrics")).GetAwaiter().GetResult());

    private static ulong Skipped(MetricsPage page) => (ulong)page.Named("ipcscope_program_skipped_total").Sum(sample => sample.Value);

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
        {
            _log.AppendLine(line.Data);
        }
    }
}
