using System.Diagnostics;

namespace Bench;

/// <summary>A process of ours. Always ended by its id, and waited for.</summary>
internal sealed class Child : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Process process;

    private Child(Process process, string log)
    {
        this.process = process;
        Log = log;
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public StreamReader Output => process.StandardOutput;

    public StreamWriter Input => process.StandardInput;

    /// <summary>File with what it wrote; empty for a child whose output is read.</summary>
    public string Log { get; }

    /// <summary>A child that is talked to through its standard input and output.</summary>
    public static Child Talk(string file, params string[] arguments) =>
        new(Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!, "");

    /// <summary>A child that is left alone. Its output goes to a file, because a pipe to the harness would be traced like any other.</summary>
    /// <param name="commandLine">For the shell; is given to exec, so that the child's id is the tracer's. It does not outlive the harness.</param>
    public static Child Leave(string commandLine, string log)
    {
        File.Delete(log);
        return new(Process.Start("setpriv", ["--pdeathsig", "TERM", "sh", "-c", $"exec >'{log}' 2>&1 </dev/null; exec {commandLine}"]), log);
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>Its standard output; null if it failed.</returns>
    public static string? Ask(string file, params string[] arguments)
    {
        using var child = Talk(file, arguments);
        var output = child.Output.ReadToEnd();
        child.process.WaitForExit();
        return child.ExitCode == 0 ? output : null;
    }

    /// <summary>The last line it wrote, or how it ended: the reason when it did not start.</summary>
    public string LastWords()
    {
        var said = File.Exists(Log) ? File.ReadAllLines(Log).LastOrDefault(line => line.Trim().Length > 0) : null;
        return said?.Trim() ?? (HasExited ? $"exit status {ExitCode}" : "no word from it");
    }

    public bool EndsWithin(TimeSpan time) => process.WaitForExit(time);

    /// <summary>Asks to end as a user would, then less and less politely.</summary>
    /// <returns>Whether the first signal was enough.</returns>
    public bool Stop()
    {
        foreach (var signal in (ReadOnlySpan<int>)[Native.SigInt, Native.SigTerm, Native.SigKill])
        {
            if (process.HasExited)
            {
                return true;
            }

            _ = Native.Kill(Id, signal);
            if (EndsWithin(Patience))
            {
                return signal == Native.SigInt;
            }
        }

        return false;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            _ = Native.Kill(Id, Native.SigKill);
            process.WaitForExit();
        }

        process.Dispose();
    }

}
