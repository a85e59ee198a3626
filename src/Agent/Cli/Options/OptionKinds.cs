using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Ipcscope.Config;

namespace Ipcscope.Cli;

/// <summary>Reads a text.</summary>
/// <returns>Null, or what was found and what is allowed.</returns>
internal delegate string? TextReader<T>(string text, out T value);

/// <summary>The kinds of options. Every wrong value is answered with what was found and what is allowed, as in the configuration.</summary>
internal static class OptionKinds
{
    /// <summary>A list: commas between values, and the option may be given again.</summary>
    public static Option<IReadOnlyList<T>> List<T>(string name, string alias, string value, string help, TextReader<T> read)
    {
        Option<IReadOnlyList<T>> option = List(name, value, help, read);
        option.Aliases.Add(alias);
        return option;
    }

    /// <summary>The same without a letter.</summary>
    public static Option<IReadOnlyList<T>> List<T>(string name, string value, string help, TextReader<T> read) => new(name)
    {
        Description = help,
        HelpName = value,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            List<T> values = [];
            foreach (string text in result.Tokens.SelectMany(token => token.Value.Split(',')))
            {
                if (read(text.Trim(), out T found) is { } fault)
                {
                    result.AddError($"{name}: {fault}");
                }
                values.Add(found);
            }
            return values;
        },
    };

    /// <summary>One value that may be left out.</summary>
    public static Option<T?> One<T>(string name, string alias, string value, string help, TextReader<T> read)
        where T : struct => new(name, alias)
        {
            Description = help,
            HelpName = value,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result =>
            {
                if (read(result.Tokens[0].Value, out T found) is { } fault)
                {
                    result.AddError($"{name}: {fault}");
                }
                return found;
            },
        };

    /// <summary>One of the names of an enumeration, in small letters; its first one is the default.</summary>
    public static Option<T> Choice<T>(string name, string[] aliases, string help)
        where T : struct, Enum => new(name, aliases)
        {
            Description = help,
            HelpName = string.Join('|', Words<T>()),
            Arity = ArgumentArity.ExactlyOne,
            DefaultValueFactory = _ => default,
            CustomParser = result =>
            {
                if (ReadChoice(result.Tokens[0].Value, out T found) is { } fault)
                {
                    result.AddError($"{name}: {fault}");
                }
                return found;
            },
        };

    /// <summary>A switch.</summary>
    public static Option<bool> Switch(string name, string[] aliases, string help) => new(name, aliases) { Description = help, Arity = ArgumentArity.Zero };

    /// <summary>Reads a name of an enumeration.</summary>
    public static string? ReadChoice<T>(string text, out T value)
        where T : struct, Enum
    {
        int index = Array.IndexOf(Words<T>(), text);
        value = index < 0 ? default : Enum.GetValues<T>()[index];
        return index < 0 ? $"found {Quote(text)}{NearestName.Suggest(text, Words<T>())}; allowed: {string.Join(", ", Words<T>())}" : null;
    }

    /// <summary>Reads a whole number from 1 upwards.</summary>
    public static string? ReadCount(string text, out ulong value) =>
        ulong.TryParse(text, System.Globalization.NumberStyles.None, null, out value) && value > 0
            ? null
            : $"found {Quote(text)}; allowed: a whole number from 1";

    /// <summary>Reads a duration.</summary>
    /// <param name="least">The shortest that is allowed.</param>
    public static TextReader<TimeSpan> Duration(TimeSpan least) => (text, out value) =>
    {
        bool read = Quantity.Duration.TryParse(text, out long nanoseconds);
        value = TimeSpan.FromTicks(nanoseconds / 100);
        return read && value >= least && value <= TimeSpan.FromDays(1)
            ? null
            : $"found {Quote(text)}; allowed: {Units.Duration(least)} to 24 h, with a unit ({Quantity.Duration.Units})";
    };

    /// <summary>A text in quotes, harmless for the terminal.</summary>
    public static string Quote(string text) => ConfigFault.Quote(text);

    private static string[] Words<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
}
