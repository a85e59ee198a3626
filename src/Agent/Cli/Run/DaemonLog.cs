using Ipcscope.Config;
using Microsoft.Extensions.Logging.Console;

namespace Ipcscope.Cli;

/// <summary>What the daemon logs, on standard error.</summary>
internal static partial class DaemonLog
{
    /// <summary>Sets level and format.</summary>
    public static void Configure(ILoggingBuilder logging, LogOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.Level);
        // The web server tells of every request at this level.
        logging.AddFilter("Microsoft", options.Level < LogLevel.Information ? options.Level : LogLevel.Warning);
        // What keeps the host from starting is said in a line of our own.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (options.Format == LogFormat.Json)
        {
            logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        }
        else
        {
            logging.AddSimpleConsole(text => (text.SingleLine, text.TimestampFormat, text.ColorBehavior) = (true, "yyyy-MM-dd HH:mm:ss ", LoggerColorBehavior.Disabled));
        }
    }

    [LoggerMessage(1, LogLevel.Information, "attached {Programs} programs in {Milliseconds:0} ms, metrics at {Address}")]
    public static partial void Started(this ILogger logger, int programs, double milliseconds, string address);

    [LoggerMessage(6, LogLevel.Information, "the API at {Address}")]
    public static partial void Serves(this ILogger logger, string address);

    [LoggerMessage(2, LogLevel.Information, "detached in {Milliseconds:0} ms, {Losses}")]
    public static partial void Stopped(this ILogger logger, double milliseconds, string losses);

    [LoggerMessage(3, LogLevel.Information, "SIGHUP: the configuration is read again")]
    public static partial void Reloading(this ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "without {Capability}: {What}")]
    public static partial void Lacks(this ILogger logger, string capability, string what);

    [LoggerMessage(6, LogLevel.Warning, "the rest works {Part}")]
    public static partial void Refused(this ILogger logger, string part);

    [LoggerMessage(4, LogLevel.Error, "the old settings stay at work: {Fault}")]
    public static partial void KeepsOldSettings(this ILogger logger, string fault);
}
