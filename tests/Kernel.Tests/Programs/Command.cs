using System.Diagnostics;

namespace Ipcscope.KernelTests.Programs;

/// <summary>Runs programs of the system.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program to its end, which must be a good one, and gives what it printed.</summary>
    internal static string Run(string folder, IReadOnlyList<string> command)
    {
        (int code, string output, string errors) = End(folder, command);
        Assert.True(code == 0, $"{string.Join(' ', command)} ended with {code}: {errors}");
        return output;
    }

    /// <summary>Runs a program to its end, and gives its exit code and what it printed.</summary>
    internal static (int Code, string Output, string Errors) End(string folder, IReadOnlyList<string> command)
    {
        using Process process = Start(folder, command);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{string.Join(' ', command)} did not end within {Patience}");
        }
        return (process.ExitCode, output.Result, errors.Result);
    }

    internal static Process Start(string folder, IReadOnlyList<string> command)
    {
        ProcessStartInfo start = new(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        start.Environment["HOME"] = folder; // nobody's settings, nobody's history
        return Process.Start(start)!;
    }
}
