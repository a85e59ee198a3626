using Ipcscope.Capture;

namespace Ipcscope.KernelTests.Judge;

/// <summary>What is told by a configuration's name: SUITE[+PARAMETER], or host.</summary>
internal static class Configuration
{
    private const string Functions = "attachment=functions";

    /// <summary>Where its captures see system calls.</summary>
    internal static Attachment AttachmentOf(string configuration) =>
        configuration.EndsWith($"+{Functions}", StringComparison.Ordinal) ? Attachment.Functions : Attachment.Tracepoints;

    /// <summary>Whether it is a kernel as it comes, in a guest of ours: what takes long and is the same in the others is performed there only.</summary>
    internal static bool IsWhole(string configuration) => configuration != "host" && !configuration.Contains('+', StringComparison.Ordinal);

    /// <summary>The suite: before the parameter.</summary>
    internal static string SuiteOf(string configuration) => configuration.Split('+')[0];

    /// <summary>The name of this kernel in the table of costs: 6.12, and with it where the programs are not those of all.</summary>
    internal static string CostsOf(string configuration)
    {
        Version version = Environment.OSVersion.Version;
        return $"{version.Major}.{version.Minor}{(AttachmentOf(configuration) == Attachment.Functions ? $"+{Functions}" : "")}";
    }
}
