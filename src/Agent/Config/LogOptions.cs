using Microsoft.Extensions.Logging;

namespace Ipcscope.Config;

/// <summary>How log lines look.</summary>
public enum LogFormat
{
    /// <summary>For people.</summary>
    Text,
    /// <summary>One object a line.</summary>
    Json,
}

/// <summary>What is logged, on standard error.</summary>
public sealed record LogOptions
{
    /// <summary>The least important lines that are written.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>How they look.</summary>
    public LogFormat Format { get; init; }
}
