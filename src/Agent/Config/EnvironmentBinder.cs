using System.Text.RegularExpressions;

namespace Ipcscope.Config;

/// <summary>Takes the settings out of the environment, over those of the file.</summary>
internal static partial class EnvironmentBinder
{
    // The other program of this project: both may be started from one shell.
    private const string DashboardPrefix = "IPCSCOPE_DASHBOARD_";

    /// <summary>Applies every variable of ours to <paramref name="options"/>.</summary>
    public static List<ConfigFault> Apply<TOptions>(IReadOnlyDictionary<string, string> environment, ref TOptions options)
        where TOptions : ISettings<TOptions>
    {
        List<ConfigFault> faults = [];
        string[] names = [.. TOptions.All.Select(setting => setting.Variable)];
        foreach ((string name, string value) in environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(TOptions.VariablePrefix, StringComparison.Ordinal) || IsServiceLink(name, value)
                || (name.StartsWith(DashboardPrefix, StringComparison.Ordinal) && TOptions.VariablePrefix != DashboardPrefix))
            {
                continue;
            }
            int index = Array.IndexOf(names, name);
            if (index < 0)
            {
                faults.Add(new(name, 0, 0, "", $"unknown variable{NearestName.Suggest(name, names)}; allowed: {string.Join(", ", names)}"));
                continue;
            }
            Setting<TOptions> setting = TOptions.All[index];
            foreach (string refused in Assign(setting, value, ref options))
            {
                faults.Add(new(name, 0, 0, "", setting.Refusal(refused)));
            }
        }
        return faults;
    }

    /// <summary>Assigns a value, a list with commas between its items; what was refused of it.</summary>
    public static List<string> Assign<TOptions>(Setting<TOptions> setting, string value, ref TOptions options)
        where TOptions : ISettings<TOptions>
    {
        options = setting.Clear(options);
        List<string> refused = [];
        string[] items = setting.Form != SettingForm.List ? [value] : value.Length == 0 ? [] : value.Split(',', StringSplitOptions.TrimEntries);
        foreach (string item in items)
        {
            if (!setting.TryAssign(item, ref options))
            {
                refused.Add(item);
            }
        }
        return refused;
    }

    // Kubernetes sets such variables in every container for every service of the namespace, so also for one named ipcscope or ipcscope-something
    // (kubernetes.io, "Accessing the Service").
    private static bool IsServiceLink(string name, string value) =>
        ServiceLink().IsMatch(name) || (name.EndsWith("_PORT", StringComparison.Ordinal) && ServiceUri().IsMatch(value));

    [GeneratedRegex("_SERVICE_HOST$|_SERVICE_PORT(_[A-Z0-9_]+)?$|_PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$")]
    private static partial Regex ServiceLink();

    [GeneratedRegex("^(tcp|udp|sctp)://")]
    private static partial Regex ServiceUri();
}
