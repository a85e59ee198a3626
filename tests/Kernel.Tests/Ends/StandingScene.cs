using System.Diagnostics;
using System.Globalization;
using Ipcscope.Ends;

namespace Ipcscope.KernelTests.Ends;

/// <summary>One thing that is true of a channel: <c>writer</c> 4312 is at its end, and how well that can be known.</summary>
internal readonly record struct Fact(string Role, string Channel, uint Pid, Certainty Certainty);

/// <summary>A scene of tests/workloads/scenes: it stands as long as this lives, and has told what is true of it.</summary>
internal sealed class StandingScene : IDisposable
{
    private readonly Process _process;

    internal StandingScene(string name)
    {
        _process = Process.Start(new ProcessStartInfo(Workload.FullPath(Workload.Native), ["--scene", name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        while (_process.StandardOutput.ReadLine() is { } line && line != "ready")
        {
            Learn(line.Split(' '));
        }
        Assert.False(_process.HasExited, $"the scene {name} could not be set");
    }

    /// <summary>Inode numbers by name; of a terminal its index.</summary>
    internal Dictionary<string, ulong> Channels { get; } = [];

    /// <summary>Which socket is connected to which.</summary>
    internal Dictionary<string, string> Peers { get; } = [];

    /// <summary>What processes are called.</summary>
    internal Dictionary<uint, string> Names { get; } = [];

    /// <summary>Who is at which end.</summary>
    internal HashSet<Fact> Facts { get; } = [];

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Workload.Patience))
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
    }

    private void Learn(string[] words)
    {
        switch (words[0])
        {
            case "channel":
                Channels.Add(words[1], ulong.Parse(words[2], CultureInfo.InvariantCulture));
                break;
            case "peer":
                Peers.Add(words[1], words[2]);
                break;
            case "name":
                Names.Add(uint.Parse(words[1], CultureInfo.InvariantCulture), words[2]);
                break;
            default:
                Facts.Add(new Fact(words[0], words[1], uint.Parse(words[2], CultureInfo.InvariantCulture), Enum.Parse<Certainty>(words[3], ignoreCase: true)));
                break;
        }
    }
}
