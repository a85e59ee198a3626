namespace Bench;

/// <summary>What the command line asks for. Every key is <c>--name value</c>; the Makefile writes them.</summary>
internal sealed record Settings
{
    /// <summary>The native binary; may not exist yet.</summary>
    public string Ipcscope { get; init; } = "";

    /// <summary>Folder with worker, pair and the other programs; results and logs go there too.</summary>
    public string Out { get; init; } = "";

    /// <summary>Seconds instead of minutes: fewer rounds, shorter chunks.</summary>
    public bool Quick { get; init; }

    /// <summary>Names to measure; empty means all.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];

    /// <inheritdoc cref="Workloads"/>
    public IReadOnlyList<string> Tracers { get; init; } = [];

    /// <summary>calls: what a system call pays. host: what the machine pays.</summary>
    public IReadOnlyList<string> Parts { get; init; } = ["calls", "host"];

    /// <summary>A further tracer, as a shell command line.</summary>
    public string Command { get; init; } = "";

    /// <summary>Pairs per tracer and workload.</summary>
    public int Rounds { get; init; }

    /// <summary>Length of one chunk, milliseconds.</summary>
    public int ChunkMs => Quick ? 50 : 100;

    /// <summary>Length of each measurement of the host's own cost, seconds.</summary>
    public int HostSeconds => Quick ? 4 : 10;

    /// <exception cref="ArgumentException">An unknown key or a value that does not parse.</exception>
    public static Settings Parse(string[] args)
    {
        var settings = new Settings();
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var value = args[i + 1];
            settings = args[i] switch
            {
                "--ipcscope" => settings with { Ipcscope = value },
                "--out" => settings with { Out = value },
                "--quick" => settings with { Quick = value != "0" },
                "--workloads" => settings with { Workloads = value.Split(',') },
                "--tracers" => settings with { Tracers = value.Split(',') },
                "--parts" => settings with { Parts = value.Split(',') },
                "--command" => settings with { Command = value },
                "--rounds" when int.TryParse(value, out var rounds) && rounds > 0 => settings with { Rounds = rounds },
                _ => throw new ArgumentException($"{args[i]} {value}: not understood"),
            };
        }

        return settings.Rounds > 0 ? settings : settings with { Rounds = settings.Quick ? 3 : 20 };
    }

    public string Path(string name) => System.IO.Path.Combine(Out, name);
}
