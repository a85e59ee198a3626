namespace Ipcscope.Cli;

/// <summary>What parts of the daemon warn of, as a command says it: a line on standard error.</summary>
/// <param name="error">Standard error.</param>
internal sealed class ErrorLog(TextWriter error) : ILogger
{
    /// <summary>Nothing more is said.</summary>
    public bool IsSilent { get; set; }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && !IsSilent;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            error.WriteLine($"ipcscope: {formatter(state, exception)}");
        }
    }
}
