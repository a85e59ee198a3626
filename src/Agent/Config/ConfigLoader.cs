using System.Collections;
using System.Text;

namespace Ipcscope.Config;

/// <summary>Reads the configuration: defaults, over them a file, over it the environment.</summary>
internal static class ConfigLoader
{
    // Settings fit into a few hundred bytes: what is far longer is another file.
    // YamlDotNet 18.1 needs time by the square of nested brackets: 3 s here at worst.
    private const int LongestFile = 1 << 16;

    /// <summary>Reads the file, if one is named, and the environment of this process.</summary>
    /// <typeparam name="TOptions">The settings of the program.</typeparam>
    /// <param name="path">The file; null: none.</param>
    /// <param name="overrides">What has the last word: the settings with it, and its faults; null: nothing.</param>
    /// <returns>The settings, or all faults.</returns>
    public static ConfigResult<TOptions> Load<TOptions>(string? path, Func<TOptions, (TOptions Options, IEnumerable<ConfigFault> Faults)>? overrides = null)
        where TOptions : class, ISettings<TOptions>, new()
    {
        var environment = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            environment[(string)variable.Key] = (string?)variable.Value ?? "";
        }
        return Load(path, environment, overrides);
    }

    internal static ConfigResult<TOptions> Load<TOptions>(
        string? path, IReadOnlyDictionary<string, string> environment, Func<TOptions, (TOptions Options, IEnumerable<ConfigFault> Faults)>? overrides = null)
        where TOptions : class, ISettings<TOptions>, new()
    {
        var file = new YamlBinder<TOptions>(path ?? "");
        List<ConfigFault> faults = [];
        if (path is not null)
        {
            if (TryReadText(path, out string text))
            {
                file.Read(text);
                faults.AddRange(file.Faults);
            }
            else
            {
                faults.Add(new(path, 0, 0, "", text));
            }
        }
        TOptions options = file.Options;
        faults.AddRange(EnvironmentBinder.Apply(environment, ref options));
        if (overrides is not null)
        {
            (options, IEnumerable<ConfigFault> refused) = overrides(options);
            faults.AddRange(refused);
        }
        // Values that contradict each other are looked for when each is right in itself.
        if (faults.Count == 0)
        {
            faults.AddRange(TOptions.FindContradictions(options).Select(found => Locate(found, file, environment)));
        }
        return faults.Count == 0 ? new(options, []) : new(null, faults);
    }

    // The environment had the last word, so it is to blame first.
    private static ConfigFault Locate<TOptions>(Contradiction found, YamlBinder<TOptions> file, IReadOnlyDictionary<string, string> environment)
        where TOptions : class, ISettings<TOptions>, new()
    {
        string? variable = TOptions.All.FirstOrDefault(setting => found.Keys.Contains(setting.Key) && environment.ContainsKey(setting.Variable))?.Variable;
        return variable is not null
            ? new(variable, 0, 0, "", found.Message)
            : file.FaultAt(found.Keys.FirstOrDefault(file.Has, found.Keys[0]), found.Message);
    }

    // The text, or why there is none.
    private static bool TryReadText(string path, out string text)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            byte[] bytes = new byte[LongestFile + 1];
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            text = length > LongestFile
                ? $"the file is longer than {LongestFile} bytes: is it the right one?"
                : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length).TrimStart('\uFEFF');
            return length <= LongestFile;
        }
        catch (DecoderFallbackException fault)
        {
            text = $"byte {fault.Index + 1} is not UTF-8; save the file as UTF-8";
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            text = "the file does not exist";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            text = Directory.Exists(path) ? "this is a directory; name a file" : $"the file cannot be read: {fault.Message}";
        }
        return false;
    }
}
