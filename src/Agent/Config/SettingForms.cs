using System.Globalization;

namespace Ipcscope.Config;

/// <summary>The kinds of values there are.</summary>
/// <typeparam name="TOptions">All settings of a program.</typeparam>
internal static class SettingForms<TOptions>
    where TOptions : ISettings<TOptions>
{
    public static Setting<TOptions> Toggle(string key, Func<TOptions, bool, TOptions> with) => new()
    {
        Key = key,
        Form = SettingForm.Plain,
        Allowed = "true, false",
        Words = ["true", "false"],
        TryAssign = (string value, ref TOptions options) =>
        {
            bool known = value is "true" or "false";
            options = known ? with(options, value == "true") : options;
            return known;
        },
    };

    public static Setting<TOptions> Text(string key, string allowed, Func<string, bool> isAllowed, Func<TOptions, string, TOptions> with) => new()
    {
        Key = key,
        Form = SettingForm.Text,
        Allowed = allowed,
        TryAssign = (string value, ref TOptions options) =>
        {
            bool known = isAllowed(value);
            options = known ? with(options, value) : options;
            return known;
        },
    };

    public static Setting<TOptions> Count(string key, int minimum, int maximum, Func<TOptions, int, TOptions> with) => new()
    {
        Key = key,
        Form = SettingForm.Plain,
        Allowed = $"a whole number from {minimum} to {maximum}",
        TryAssign = (string value, ref TOptions options) =>
        {
            bool allowed = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum;
            options = allowed ? with(options, number) : options;
            return allowed;
        },
    };

    public static Setting<TOptions> Duration(string key, string minimum, string maximum, Func<TOptions, TimeSpan, TOptions> with)
    {
        if (!TryParse(minimum, out TimeSpan shortest) || !TryParse(maximum, out TimeSpan longest))
        {
            throw new ArgumentException(key);
        }
        return new()
        {
            Key = key,
            Form = SettingForm.Text,
            Allowed = $"a duration from {minimum} to {maximum}, such as 500ms, 1s or 5m",
            TryAssign = (string value, ref TOptions options) =>
            {
                bool allowed = TryParse(value, out TimeSpan duration) && duration >= shortest && duration <= longest;
                options = allowed ? with(options, duration) : options;
                return allowed;
            },
        };

        static bool TryParse(string text, out TimeSpan duration)
        {
            bool read = Quantity.Duration.TryParse(text, out long nanoseconds);
            duration = TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
            return read;
        }
    }

    public static Setting<TOptions> Choice<T>(string key, (string Word, T Value)[] choices, Func<TOptions, T, TOptions> with) => new()
    {
        Key = key,
        Form = SettingForm.Text,
        Allowed = Join(choices),
        Words = Words(choices),
        TryAssign = (string value, ref TOptions options) =>
        {
            int index = Array.FindIndex(choices, choice => choice.Word == value);
            options = index < 0 ? options : with(options, choices[index].Value);
            return index >= 0;
        },
    };

    public static Setting<TOptions> Choices<T>(
        string key,
        (string Word, T Value)[] choices,
        Func<TOptions, IReadOnlyList<T>> read,
        Func<TOptions, IReadOnlyList<T>, TOptions> with) => new()
        {
            Key = key,
            Form = SettingForm.List,
            Allowed = $"a list, [] or any of {Join(choices)}, each once",
            Words = Words(choices),
            Clear = options => with(options, []),
            TryAssign = (string value, ref TOptions options) =>
            {
                int index = Array.FindIndex(choices, choice => choice.Word == value);
                if (index < 0 || read(options).Contains(choices[index].Value))
                {
                    return false;
                }
                options = with(options, [.. read(options), choices[index].Value]);
                return true;
            },
        };

    private static string[] Words<T>((string Word, T Value)[] choices) => [.. choices.Select(choice => choice.Word)];

    private static string Join<T>((string Word, T Value)[] choices) => string.Join(", ", Words(choices));
}
