using Ipcscope.Config;
using Ipcscope.Privileges;

namespace Ipcscope.Cli;

/// <summary>The capabilities that ipcscope can do without, and what is missing then.</summary>
internal static class PrivilegeCheck
{
    private const string Name = "privileges";

    private static readonly AgentOptions Everything = new() { SampleVolume = true, Metrics = new MetricsOptions { ProgramTimes = true } };

    /// <summary>The check.</summary>
    public static Finding Check() => Describe([.. Need.Missing(Everything)]);

    /// <summary>What follows from what is missing.</summary>
    internal static Finding Describe(IReadOnlyList<Need> missing) => missing.Count == 0
        ? Finding.Ok(Name, string.Join(", ", Need.All.Where(static need => need.IsWanted(Everything)).Select(static need => need.Name)))
        : Finding.Warn(
            Name, $"{string.Join(", ", missing.Select(static need => need.Name))} {(missing.Count == 1 ? "is" : "are")} missing",
            string.Join("; ", missing.Select(static need => $"without {need.Name}, {need.Without}")));
}
