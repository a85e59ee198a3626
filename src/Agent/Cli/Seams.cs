using Ipcscope.Capture;
using Ipcscope.Ends;
using Ipcscope.Enrich;
using Ipcscope.Objects;
using Ipcscope.Waits;

namespace Ipcscope.Cli;

/// <summary>Where the command line touches the rest of the agent and the machine. Tests put their own in place.</summary>
internal sealed record Seams
{
    /// <summary>Where data goes.</summary>
    public Output Out { get; init; } = new(Output.StandardOutput);

    /// <summary>Where everything else goes.</summary>
    public TextWriter Error { get; init; } = Console.Error;

    /// <summary>Loads and attaches.</summary>
    public Func<CaptureOptions, ICapture> StartCapture { get; init; } = LiveCapture.Start;

    /// <summary>Reads what exists now.</summary>
    public Func<IReadOnlyList<Descriptor>> ReadSnapshot { get; init; } = Snapshot.Read;

    /// <summary>Loads what tells who is at which end.</summary>
    public Func<IEndSource> OpenEnds { get; init; } = EndReader.Load;

    /// <summary>Reads which threads sleep in a call now.</summary>
    public Func<IReadOnlyList<CallInProgress>> ReadCalls { get; init; } = SleepingCalls.Read;

    /// <summary>Loads what tells which objects exist.</summary>
    public Func<IObjectSource> OpenObjects { get; init; } = ObjectReader.Load;

    /// <summary>Tells where processes run.</summary>
    public Places Places { get; init; } = Places.OfIds;

    /// <summary>The version of libbpf that is linked in.</summary>
    public Func<string> LibBpfVersion { get; init; } = LiveCapture.LibBpfVersion;

    /// <summary>What <c>doctor</c> asks of the machine.</summary>
    public Func<Attachment, IReadOnlyList<Func<Finding>>> MachineChecks { get; init; } = Cli.MachineChecks.All;

    /// <summary>Clocks.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The path of this binary, to start it again.</summary>
    public string Self { get; init; } = "/proc/self/exe";
}
