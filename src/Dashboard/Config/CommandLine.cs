using Ipcscope.Config;

namespace Ipcscope.Dashboard.Config;

/// <summary>What was typed: a file, and keys that override it, <c>--agents host:port,host:port</c>.</summary>
internal sealed class CommandLine
{
    private const string Prefix = "--";

    private readonly List<(Setting<DashboardOptions> Setting, string Value)> _overrides = [];

    /// <summary>The file with settings; null: none.</summary>
    public string? File { get; private set; }

    /// <summary>Whether only to say what is wrong with the settings.</summary>
    public bool Check { get; private set; }

    /// <summary>Whether only to say how it is used.</summary>
    public bool Help { get; private set; }

    /// <summary>Whether only to say which version it is.</summary>
    public bool Version { get; private set; }

    /// <summary>How it is used.</summary>
    public static string Usage =>
        $"""
        ipcscope-dashboard: serves pages of what ipcscope's agents see.

        Usage: ipcscope-dashboard [--config FILE] [--KEY VALUE…] [--check]

          --config FILE   settings (YAML); every key has a default
          --check         say what is wrong with the settings, and end
          --version
        {string.Join("\n", DashboardSettings.All.Select(static setting => $"  {Option(setting)} {setting.Allowed}"))}

        Examples:
          ipcscope-dashboard                                          the agent of this machine
          ipcscope-dashboard --agents node-1:9465,node-2:9465 --agent-token-file /etc/ipcscope/token
          ipcscope-dashboard --config /etc/ipcscope/dashboard.yaml --check

        Environment variables override the file: IPCSCOPE_DASHBOARD_LISTEN=127.0.0.1:9500.

        """;

    /// <summary>Reads it.</summary>
    /// <param name="arguments">What was typed.</param>
    /// <param name="faults">What is wrong with it.</param>
    public static CommandLine Read(string[] arguments, out List<string> faults)
    {
        var read = new CommandLine();
        faults = [];
        string[] known = ["--config", "--check", "--help", "--version", .. DashboardSettings.All.Select(Option)];
        for (int i = 0; i < arguments.Length; i++)
        {
            string[] parts = arguments[i].Split('=', 2);
            (string name, string? value) = (parts[0], parts.Length > 1 ? parts[1] : null);
            switch (name)
            {
                case "--check":
                    read.Check = true;
                    continue;
                case "--help" or "-h":
                    read.Help = true;
                    continue;
                case "--version":
                    read.Version = true;
                    continue;
            }
            Setting<DashboardOptions>? setting = DashboardSettings.All.FirstOrDefault(setting => Option(setting) == name);
            if (setting is null && name != "--config")
            {
                faults.Add($"{ConfigFault.Quote(name)} is unknown{NearestName.Suggest(name, known)} (see --help)");
            }
            else if ((value ?? (i + 1 < arguments.Length ? arguments[++i] : null)) is not { } given)
            {
                faults.Add($"{name} needs a value (see --help)");
            }
            else if (setting is null)
            {
                read.File = given;
            }
            else
            {
                read._overrides.Add((setting, given));
            }
        }
        return read;
    }

    /// <summary>The settings: the file, over it the environment, over it what was typed.</summary>
    public ConfigResult<DashboardOptions> Load() => ConfigLoader.Load<DashboardOptions>(File, Override);

    private (DashboardOptions Options, IEnumerable<ConfigFault> Faults) Override(DashboardOptions options)
    {
        List<ConfigFault> faults = [];
        foreach ((Setting<DashboardOptions> setting, string value) in _overrides)
        {
            faults.AddRange(EnvironmentBinder.Assign(setting, value, ref options).Select(refused => new ConfigFault(Option(setting), 0, 0, "", setting.Refusal(refused))));
        }
        return (options, faults);
    }

    private static string Option(Setting<DashboardOptions> setting) =>
        Prefix + string.Concat(setting.Key.Select(static c => c == '.' ? "-" : char.IsUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{c}"));
}
