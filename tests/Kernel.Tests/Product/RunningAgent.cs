using System.Diagnostics;
using System.Net;
using System.Text;
using Ipcscope.KernelTests.Programs;

namespace Ipcscope.KernelTests.Product;

/// <summary><c>ipcscope run</c> with a configuration of its own.</summary>
internal sealed class RunningAgent : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly HttpClient Http = new();

    private readonly Process _process;
    private readonly string _metrics;
    private readonly StringBuilder _log = new();
    private readonly string _labels;
    private readonly string _api;
    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-product").FullName;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="settings">More settings.</param>
    /// <param name="metrics">More settings of metrics.</param>
    /// <param name="command">What starts it; its configuration may be read by anybody.</param>
    /// <param name="labels">The identity labels.</param>
    /// <param name="api">Settings of the API; null: there is none.</param>
    internal RunningAgent(string settings = "", string metrics = "", IReadOnlyList<string>? command = null, string labels = "process, pid", string? api = null)
    {
        _api = api is null ? "listen: ''" : $"listen: 127.0.0.1:{ApiPort}{(api.Length > 0 ? $", {api}" : "")}";
        _metrics = metrics.Length > 0 ? $", {metrics}" : "";
        _labels = labels;
        Configure(settings);
        if (command is not null)
        {
            Binary.RunAny(["chmod", "755", _folder]).AssertStatus(0);
        }
        _process = Binary.Start([.. command ?? [], Binary.Path, "run", "--config", ConfigFile]);
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        long started = Stopwatch.GetTimestamp();
        while (Status("/readyz") != HttpStatusCode.OK)
        {
            Assert.False(_process.HasExited, $"it has ended: {Log}");
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"it is not ready after {Patience}: {Log}");
            Thread.Sleep(20);
        }
    }

    internal int Pid => _process.Id;

    internal int Port { get; } = Loopback.FreePort();

    internal int ApiPort { get; } = Loopback.FreePort();

    internal string ConfigFile => Path.Combine(_folder, "ipcscope.yaml");

    /// <summary>Waits for words in its log, which is read a moment after it was written.</summary>
    internal void AssertSays(string words) =>
        Assert.Contains(words, Eventually.Get(() => Log, log => log.Contains(words, StringComparison.Ordinal), Patience), StringComparison.Ordinal);

    /// <summary>What it has written so far.</summary>
    internal string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Writes its configuration file.</summary>
    internal void Configure(string settings) =>
        File.WriteAllText(ConfigFile, $"metrics: {{ listen: 127.0.0.1:{Port}, labels: [{_labels}]{_metrics} }}\napi: {{ {_api} }}\n{settings}\n");

    internal string Page() => Http.GetStringAsync(new Uri($"http://127.0.0.1:{Port}/metrics")).GetAwaiter().GetResult();

    internal MetricsPage Scrape() => MetricsPage.Parse(Page());

    /// <summary>What a path answers with; null if nobody answers.</summary>
    internal HttpStatusCode? Status(string path)
    {
        try
        {
            using HttpResponseMessage answer = Http.GetAsync(new Uri($"http://127.0.0.1:{Port}{path}")).GetAwaiter().GetResult();
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Sends a signal that ends it.</summary>
    /// <returns>Its exit status, and how long it took.</returns>
    internal (int Status, TimeSpan Time) End(int signal)
    {
        long sent = Stopwatch.GetTimestamp();
        Signals.Send(Pid, signal);
        Assert.True(_process.WaitForExit(Patience), $"it did not end within {Patience}: {Log}");
        TimeSpan time = Stopwatch.GetElapsedTime(sent);
        _process.WaitForExit(); // for the rest of its log
        return (_process.ExitCode, time);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
        {
            _log.AppendLine(line.Data);
        }
    }
}
