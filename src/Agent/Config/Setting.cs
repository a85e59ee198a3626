namespace Ipcscope.Config;

/// <summary>How a value is written in YAML.</summary>
internal enum SettingForm
{
    /// <summary>A word of YAML: in quotes it would be a string, which is another type.</summary>
    Plain,
    /// <summary>A string, with or without quotes.</summary>
    Text,
    /// <summary>A list of strings.</summary>
    List,
}

/// <summary>Takes a value over, or refuses it.</summary>
/// <typeparam name="TOptions">All settings of a program.</typeparam>
internal delegate bool SettingAssignment<TOptions>(string value, ref TOptions options);

/// <summary>One key of the configuration.</summary>
/// <typeparam name="TOptions">All settings of a program.</typeparam>
internal sealed class Setting<TOptions>
    where TOptions : ISettings<TOptions>
{
    /// <summary>What a value is called in the section that a key becomes when it has keys of its own: <c>futex: {enabled: true, private: false}</c>.</summary>
    public const string OwnName = "enabled";

    /// <summary>The key with its section: <c>aggregation.maxFlows</c>.</summary>
    public required string Key { get; init; }

    /// <summary>How its value is written.</summary>
    public required SettingForm Form { get; init; }

    /// <summary>The values that are taken, for people.</summary>
    public required string Allowed { get; init; }

    /// <summary>The words that are taken, if nothing else is.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Takes a value over; with <see cref="SettingForm.List"/> an item, each once.</summary>
    public required SettingAssignment<TOptions> TryAssign { get; init; }

    /// <summary>Takes an empty list over, before its items.</summary>
    public Func<TOptions, TOptions> Clear { get; init; } = options => options;

    /// <summary>What more is known of a value that was refused.</summary>
    public Func<string, string> Explain { get; init; } = _ => "";

    /// <summary>The environment variable that overrides it: <c>IPCSCOPE_AGGREGATION_MAX_FLOWS</c>.</summary>
    public string Variable => TOptions.VariablePrefix + string.Concat(Key.Select(c => c == '.' ? "_" : char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));

    /// <summary>What is wrong with a value that was refused.</summary>
    public string Refusal(string value) => $"found {ConfigFault.Quote(value)}{NearestName.Suggest(value, Words)}{Explain(value)}; allowed: {Allowed}";
}
