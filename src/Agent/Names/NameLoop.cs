using System.Text.Json;
using Ipcscope.Enrich;
using Ipcscope.Wire;

namespace Ipcscope.Names;

/// <summary>Keeps a table of names up to date in the background. What goes wrong is tried again, later and later; nobody waits for it.</summary>
internal sealed partial class NameLoop : IAsyncDisposable
{
    internal static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly INameReader _reader;
    private readonly PodTable _table;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _task;
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _pause = Shortest;
    private bool _said;

    /// <summary>Begins.</summary>
    public NameLoop(INameReader reader, PodTable table, TimeProvider time, ILogger log)
    {
        (_reader, _table, _time, _log) = (reader, table, time, log);
        _task = Task.Run(RunAsync);
    }

    /// <summary>Ends with the first answer, or when it is clear that there is none yet.</summary>
    public Task Answered => _answered.Task;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _task;
        _reader.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _reader.ReadAsync(_table, Forgive, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is HttpRequestException or GrpcException or IOException or UnauthorizedAccessException
                or InvalidDataException or JsonException or OperationCanceledException or System.Security.Cryptography.CryptographicException)
            {
                if (!_said)
                {
                    LogUnnamed(_reader.Source, fault.GetBaseException().Message);
                    _said = true;
                }
                _ = _answered.TrySetResult();
                await PauseAsync();
            }
        }
    }

    private void Forgive()
    {
        if (_said)
        {
            LogNamed(_reader.Source);
        }
        (_said, _pause) = (false, Shortest);
        _ = _answered.TrySetResult();
    }

    private async Task PauseAsync()
    {
        try
        {
            await Task.Delay(_pause, _time, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            return; // the loop ends
        }
        _pause = _pause * 2 < Longest ? _pause * 2 : Longest;
    }

    [LoggerMessage(20, LogLevel.Warning, "containers and pods have ids instead of names, {Source} does not answer: {Reason}")]
    private partial void LogUnnamed(string source, string reason);

    [LoggerMessage(21, LogLevel.Information, "{Source} answers: containers and pods have names")]
    private partial void LogNamed(string source);
}
