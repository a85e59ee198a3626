using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Ipcscope.KernelTests.Product;

/// <summary>How a program ended, and what it said.</summary>
/// <param name="Status">Its exit status; 128 + n: killed by signal n.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Outcome(int Status, string Output, string Error)
{
    internal string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Fails unless it ended with this status.</summary>
    internal Outcome AssertStatus(int status)
    {
        Assert.True(Status == status, $"the status is {Status}, not {status}\n{this}");
        return this;
    }
}

/// <summary>The native binary, and the workloads.</summary>
internal static class Binary
{
    /// <summary>The agent.</summary>
    internal static readonly string Path = Built("ipcscope");

    /// <summary>The 64-bit workload.</summary>
    internal static readonly string WorkloadPath = Built("workloads/ipcscope-workload");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs the agent to its end.</summary>
    internal static Outcome Run(params string[] arguments) => RunAny([Path, .. arguments]);

    /// <summary>Runs a script of sh, in which <c>$WORKLOAD</c> and <c>$AGENT</c> are the binaries.</summary>
    internal static Outcome Script(string script) => RunAny(["bash", "-c", script]);

    /// <summary>Runs a program to its end.</summary>
    internal static Outcome RunAny(IReadOnlyList<string> command)
    {
        using Process process = Start(command);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{string.Join(' ', command)} did not end within {Patience}\n{output.Result}\n{error.Result}");
        }
        return new Outcome(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts a program. Its environment has nothing that changes what it says.</summary>
    internal static Process Start(IReadOnlyList<string> command)
    {
        ProcessStartInfo start = new(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        start.Environment["AGENT"] = Path;
        start.Environment["WORKLOAD"] = WorkloadPath;
        return Process.Start(start)!;
    }

    private static string Built(string name, [CallerFilePath] string thisFile = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(thisFile)!, "../../../out", name));
}
