using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ipcscope.Config;

/// <summary>
/// Takes the settings out of a YAML text and goes on after a fault. It works on the parser's events, because those carry lines and columns and
/// a deserializer ends at the first fault.
/// </summary>
/// <typeparam name="TOptions">All settings of a program.</typeparam>
internal sealed class YamlBinder<TOptions>(string source)
    where TOptions : class, ISettings<TOptions>, new()
{

    private readonly List<ConfigFault> _faults = [];
    private readonly Dictionary<string, Mark> _places = [];
    private TOptions _options = new();
    private Mark _last = new(0, 1, 1);

    /// <summary>The settings found; defaults for the rest.</summary>
    public TOptions Options => _options;

    public IReadOnlyList<ConfigFault> Faults => _faults;

    /// <summary>A fault at the value of a key, or of the file as a whole if it is not there.</summary>
    public ConfigFault FaultAt(string key, string message) => _places.TryGetValue(key, out Mark place)
        ? new(source, (int)place.Line, (int)place.Column, key, message)
        : new(source, 0, 0, key, message);

    /// <summary>Whether the text has a value for this key.</summary>
    public bool Has(string key) => _places.ContainsKey(key);

    public void Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (Passes<DocumentStart>(parser))
            {
                ReadSection(parser, "");
                parser.Consume<DocumentEnd>();
            }
            if (parser.Current is DocumentStart second)
            {
                Add(second.Start, "", "a second document begins; allowed: one");
            }
        }
        catch (YamlException fault)
        {
            Add(fault.Start, "", $"this is not YAML: {fault.Message}");
        }
        // YamlDotNet 18.1 does not see through all broken texts: `a: [b,\nc: d` makes it invalid, `a: b\n*c` ends without an end.
        catch (Exception fault) when (fault is InvalidOperationException or EndOfStreamException)
        {
            Add(_last, "", "this is not YAML: what follows here cannot be read");
        }
    }

    private void ReadSection(Parser parser, string section)
    {
        if (Next(parser) is Scalar { Style: ScalarStyle.Plain } scalar && IsNull(scalar))
        {
            parser.MoveNext();
            return;
        }
        Setting<TOptions>? own = Find(section.TrimEnd('.'));
        string[] names = NamesIn(section);
        if (Next(parser) is not MappingStart)
        {
            Refuse(parser, section, $"keys with values: {string.Join(", ", names)}");
            return;
        }
        parser.Consume<MappingStart>();
        var seen = new Dictionary<string, Mark>();
        while (!Passes<MappingEnd>(parser))
        {
            if (Next(parser) is not Scalar key)
            {
                Refuse(parser, section, $"one of the keys {string.Join(", ", names)}");
                parser.SkipThisAndNestedEvents();
                continue;
            }
            parser.MoveNext();
            string path = section + key.Value;
            if (!names.Contains(key.Value))
            {
                Add(key.Start, path, $"unknown key{NearestName.Suggest(key.Value, names)}; allowed here: {string.Join(", ", names)}");
                parser.SkipThisAndNestedEvents();
            }
            else if (!seen.TryAdd(key.Value, key.Start))
            {
                Add(key.Start, path, $"the key is there twice, first in line {seen[key.Value].Line}; allowed: once");
                parser.SkipThisAndNestedEvents();
            }
            else if (own is not null && key.Value == Setting<TOptions>.OwnName)
            {
                ReadValue(parser, own, path);
            }
            else if (Find(path) is Setting<TOptions> setting && !(IsSection(path) && Next(parser) is MappingStart))
            {
                ReadValue(parser, setting, path);
            }
            else
            {
                ReadSection(parser, path + ".");
            }
        }
    }

    private void ReadValue(Parser parser, Setting<TOptions> setting, string path)
    {
        _places[setting.Key] = Next(parser).Start;
        if (setting.Form != SettingForm.List)
        {
            ReadScalar(parser, setting, path);
        }
        else if (Passes<SequenceStart>(parser))
        {
            _options = setting.Clear(_options);
            while (!Passes<SequenceEnd>(parser))
            {
                ReadScalar(parser, setting, path);
            }
        }
        else
        {
            Refuse(parser, path, setting.Allowed);
        }
    }

    private void ReadScalar(Parser parser, Setting<TOptions> setting, string path)
    {
        if (Next(parser) is not Scalar scalar || !scalar.Tag.IsEmpty || (scalar.Style == ScalarStyle.Plain && IsNull(scalar))
            || (setting.Form == SettingForm.Plain && scalar.Style != ScalarStyle.Plain))
        {
            Refuse(parser, path, IsSection(path) ? $"{setting.Allowed}, or keys with values: {string.Join(", ", NamesIn(path + "."))}" : setting.Allowed);
            return;
        }
        parser.MoveNext();
        if (!setting.TryAssign(scalar.Value, ref _options))
        {
            Add(scalar.Start, path, setting.Refusal(scalar.Value));
        }
    }

    // Something of another type.
    private void Refuse(Parser parser, string key, string allowed)
    {
        ParsingEvent found = Next(parser);
        string shown = found switch
        {
            MappingStart => "keys with values",
            SequenceStart => "a list",
            AnchorAlias => "an alias",
            Scalar { Tag.IsEmpty: false } scalar => $"the tag {scalar.Tag}",
            Scalar { Style: ScalarStyle.Plain } scalar when IsNull(scalar) => "nothing",
            Scalar { Style: ScalarStyle.Plain } scalar => ConfigFault.Quote(scalar.Value),
            Scalar scalar => $"the string {ConfigFault.Quote(scalar.Value)}",
            _ => "nothing",
        };
        Add(found.Start, key.TrimEnd('.'), $"found {shown}; allowed: {allowed}");
        parser.SkipThisAndNestedEvents();
    }

    private ParsingEvent Next(Parser parser)
    {
        ParsingEvent next = parser.Current ?? throw new EndOfStreamException();
        _last = next.End;
        return next;
    }

    private bool Passes<T>(Parser parser)
        where T : ParsingEvent
    {
        if (Next(parser) is not T)
        {
            return false;
        }
        parser.MoveNext();
        return true;
    }

    private void Add(Mark place, string key, string message) => _faults.Add(new(source, (int)place.Line, (int)place.Column, key, message));

    private static Setting<TOptions>? Find(string key) => TOptions.All.FirstOrDefault(setting => setting.Key == key);

    private static bool IsSection(string key) => TOptions.All.Any(setting => InSection(setting, key + "."));

    // A key with a value of its own and keys below it calls the value "enabled" there.
    private static string[] NamesIn(string section) =>
    [
        .. Find(section.TrimEnd('.')) is null ? Array.Empty<string>() : [Setting<TOptions>.OwnName],
        .. TOptions.All.Where(setting => InSection(setting, section)).Select(setting => NameIn(setting, section)).Distinct(),
    ];

    private static bool InSection(Setting<TOptions> setting, string section) => setting.Key.StartsWith(section, StringComparison.Ordinal);

    private static string NameIn(Setting<TOptions> setting, string section) => setting.Key[section.Length..].Split('.')[0];

    // The core schema's ways to say nothing (YAML 1.2.2, 10.2.1.1).
    private static bool IsNull(Scalar scalar) => scalar.Value is "" or "~" or "null" or "Null" or "NULL";
}
