using System.Diagnostics;

namespace Ipcscope.KernelTests.Waits;

/// <summary>A process of a scene.</summary>
/// <param name="Pid">Its pid.</param>
/// <param name="Before">It began its last call after this, CLOCK_MONOTONIC nanoseconds …</param>
/// <param name="After">… and before this.</param>
internal readonly record struct Role(uint Pid, ulong Before, ulong After);

/// <summary>A scene of tests/workloads/waits: processes that wait for one another, until it is disposed.</summary>
internal sealed class WaitScene : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    /// <summary>Starts it, and waits until all are where they will stay.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="compat">Whether the processes are of 32 bits.</param>
    internal WaitScene(string name, bool compat = false)
    {
        _process = Process.Start(new ProcessStartInfo(Workload.FullPath(compat ? "ipcscope-waits32" : "ipcscope-waits"), name)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Task<string> told = Task.Run(() => ReadAll(_process.StandardOutput));
        Assert.True(told.Wait(Patience), $"scene {name} does not come to rest");
        foreach (string line in told.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ');
            Roles.Add(words[0], new Role(uint.Parse(words[1]), ulong.Parse(words[2]), ulong.Parse(words[3])));
        }
        Assert.NotEmpty(Roles);
    }

    /// <summary>Who is in it, by role.</summary>
    internal Dictionary<string, Role> Roles { get; } = [];

    internal Role this[string role] => Roles[role];

    /// <summary>Lets a role go on that has stopped itself.</summary>
    internal void Continue(string role)
    {
        using var kill = Process.Start("kill", ["-CONT", $"{Roles[role].Pid}"]);
        kill.WaitForExit();
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{Roles[role].Pid}/stat").Contains(") R ", StringComparison.Ordinal), Patience));
    }

    internal bool Has(uint pid) => Roles.Values.Any(role => role.Pid == pid);

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
    }

    private static string ReadAll(StreamReader reader)
    {
        string lines = "";
        while (reader.ReadLine() is { } line && line != "ready")
        {
            lines += $"{line}\n";
        }
        return lines;
    }
}
