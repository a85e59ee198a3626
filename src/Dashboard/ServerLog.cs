using Ipcscope.Config;
using Microsoft.Extensions.Logging.Console;

namespace Ipcscope.Dashboard;

/// <summary>Where the log goes, and how it looks: as the agent's.</summary>
internal static class ServerLog
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
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (options.Format == LogFormat.Json)
        {
            logging.AddJsonConsole(static json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        }
        else
        {
            logging.AddSimpleConsole(static text => (text.SingleLine, text.TimestampFormat, text.ColorBehavior) = (true, "yyyy-MM-dd HH:mm:ss ", LoggerColorBehavior.Disabled));
        }
    }
}
