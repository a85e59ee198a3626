using System.Diagnostics;

namespace Ipcscope.ChartTests;

/// <summary>How a program ended, and what it said.</summary>
internal sealed record Outcome(int Status, string Output, string Error)
{
    /// <summary>Fails unless it ended with status 0.</summary>
    internal Outcome AssertWell()
    {
        Assert.True(Status == 0, $"status {Status}\n{Output}\n{Error}");
        return this;
    }
}

/// <summary>Programs that the tests check with, run to their end.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>helm, which <c>make chart</c> and the tests install.</summary>
    internal static Outcome Helm(params string[] arguments) => Run([Repository.Path("out/chart-tools/bin/helm"), .. arguments]);

    /// <summary>A script of tools/, given something to read.</summary>
    internal static Outcome Node(string script, string input)
    {
        // Modules are looked for from where the script lies.
        string copy = Repository.Path($"out/chart-tools/{script}");
        foreach (string file in Repository.Files("tests/Chart.Tests/tools", "*.mjs"))
        {
            string aim = Repository.Path($"out/chart-tools/{Path.GetFileName(file)}");
            string text = File.ReadAllText(file);
            if (!File.Exists(aim) || File.ReadAllText(aim) != text)
            {
                File.WriteAllText(aim, text);
            }
        }
        return Run(["node", copy], input);
    }

    /// <summary>Any program.</summary>
    internal static Outcome Run(IReadOnlyList<string> command, string input = "", string? folder = null)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading: its status tells why.
        }
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{string.Join(' ', command)} did not end within {Patience}");
        }
        return new Outcome(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
