using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Ipcscope.KernelTests;

/// <summary>Runs scenarios of tests/workloads.</summary>
internal static class Workload
{
    internal const string Native = "ipcscope-workload";
    internal const string Compat = "ipcscope-workload32";
    private const int ENoExec = 8;

    /// <summary>The process name of every workload of this test run: nobody else's, so that nothing is counted by mistake.</summary>
    internal static readonly string ProcessName = $"workload-{Environment.ProcessId}";

    private static readonly string Links = Directory.CreateTempSubdirectory("ipcscope-workloads").FullName;

    /// <summary>Where the programs are.</summary>
    internal static string Folder { get; set; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../out/workloads"));

    /// <summary>How long a scenario may take.</summary>
    internal static TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(60);

    internal static IEnumerable<string> Scenarios(string binary) =>
        Run(binary, "--list").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]);

    /// <summary>Whether this machine executes a program: some virtual machines refuse those of 32 bits.</summary>
    internal static bool Runs(string binary)
    {
        try
        {
            return Scenarios(binary).Any();
        }
        catch (Win32Exception e) when (e.NativeErrorCode == ENoExec)
        {
            return false;
        }
    }

    /// <summary>Runs a scenario to its end and gives its truth.</summary>
    internal static SortedDictionary<string, Figures> Perform(string binary, string scenario)
    {
        string path = Path.GetTempFileName();
        try
        {
            Run(binary, $"{scenario} --truth {path}");
            return Truth.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Run(string binary, string arguments)
    {
        ProcessStartInfo start = new(Link(binary), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{binary} {arguments} did not end within {Patience.TotalSeconds} s");
        }
        return process.ExitCode == 0
            ? output.Result
            : throw new InvalidOperationException($"{binary} {arguments} failed ({process.ExitCode}): {errors.Result}");
    }

    // A program is named by the link that it was started through.
    private static string Link(string binary)
    {
        string link = Path.Combine(Directory.CreateDirectory(Path.Combine(Links, binary)).FullName, ProcessName);
        if (!File.Exists(link))
        {
            File.CreateSymbolicLink(link, FullPath(binary));
        }
        return link;
    }

    internal static string FullPath(string binary) => Path.Combine(Folder, binary);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
