using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Ipcscope.Capture;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Export;
using Ipcscope.Filters;

namespace Ipcscope.Cli;

/// <summary>The options and the argument that say what is looked at.</summary>
/// <param name="example">A filter that this command understands.</param>
internal sealed class FilterOptions(string example)
{
    private static readonly string[] Mechanisms = [.. Words.Mechanisms.Skip(1)];

    private readonly Option<IReadOnlyList<uint>> _pids =
        OptionKinds.List<uint>("--pid", "-p", "PID,…", "only these processes", ReadPid);

    private readonly Option<bool> _follow =
        OptionKinds.Switch("--follow", ["-f"], "their children, too");

    private readonly Option<IReadOnlyList<string>> _names =
        OptionKinds.List<string>("--comm", "-c", "NAME,…", "only processes with these names", ReadName);

    private readonly Option<IReadOnlyList<Mechanism>> _mechanisms =
        OptionKinds.List<Mechanism>("--mechanism", "-m", "NAME,…", $"only {string.Join(',', Mechanisms)}", ReadMechanism);

    private readonly Option<IReadOnlyList<string>> _containers = Place("--container", "only in these containers, by name or first 12 digits of the id");
    private readonly Option<IReadOnlyList<string>> _pods = Place("--pod", "only in these pods, by name or uid");
    private readonly Option<IReadOnlyList<string>> _namespaces = Place("--namespace", "only in pods of these namespaces");

    private readonly Option<string?> _config = new("--config") { HelpName = "FILE" };

    private readonly Option<bool> _explain =
        OptionKinds.Switch("--explain", [], "say what of it the kernel decides, and end");

    private readonly Argument<string[]> _filter = new("FILTER")
    {
        Description = $"an expression, such as '{example}' (see ipcscope fields)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="live">Whether it watches what happens: then it has -f and FILTER, too.</param>
    /// <param name="inKernel">Whether the kernel decides a part of it: then it has --config and --explain, too.</param>
    public void AddTo(Command command, bool live, bool inKernel = true)
    {
        command.Add(_pids);
        command.Add(_names);
        command.Add(_mechanisms);
        command.Add(_containers);
        command.Add(_pods);
        command.Add(_namespaces);
        command.Add(_config);
        _config.Description = live && inKernel
            ? "take mechanisms, filter and limits from FILE, and who knows names of pods"
            : "ask for names of pods whom FILE says";
        if (live)
        {
            command.Add(_follow);
            if (inKernel)
            {
                command.Add(_explain);
            }
            command.Add(_filter);
            _filter.Validators.Add(RefuseOptions);
        }
    }

    /// <summary>What -p, -f, -c, -m and the options of places say.</summary>
    public FilterSelection ReadSelection(ParseResult parsed) => new()
    {
        Pids = parsed.GetValue(_pids) ?? [],
        FollowChildren = parsed.GetValue(_follow),
        Names = parsed.GetValue(_names) ?? [],
        Mechanisms = parsed.GetValue(_mechanisms) ?? [],
        Containers = parsed.GetValue(_containers) ?? [],
        Pods = parsed.GetValue(_pods) ?? [],
        Namespaces = parsed.GetValue(_namespaces) ?? [],
    };

    /// <summary>FILTER; empty if there is none.</summary>
    public string ReadFilter(ParseResult parsed) => string.Join(' ', parsed.GetValue(_filter) ?? []);

    /// <summary>--config.</summary>
    public string? ReadConfig(ParseResult parsed) => parsed.GetValue(_config);

    /// <summary>Whether only an explanation is wanted.</summary>
    public bool WantsExplanation(ParseResult parsed) => parsed.GetValue(_explain);

    private static Option<IReadOnlyList<string>> Place(string name, string help) => OptionKinds.List<string>(name, "NAME,…", help, ReadPlace);

    private static string? ReadPlace(string text, out string name)
    {
        name = text;
        return text.Length > 0 ? null : "found nothing; allowed: a name";
    }

    // The parser gives every word it does not know to the argument.
    private static void RefuseOptions(ArgumentResult result)
    {
        if (result.Tokens.FirstOrDefault(token => token.Value is ['-', _, ..]) is { } token)
        {
            result.AddError($"there is no option {OptionKinds.Quote(token.Value)}");
        }
    }

    private static string? ReadPid(string text, out uint pid) =>
        uint.TryParse(text, System.Globalization.NumberStyles.None, null, out pid) && pid is > 0 and <= 1 << 22
            ? null
            : $"found {OptionKinds.Quote(text)}; allowed: a process id, 1 to 4194304";

    private static string? ReadName(string text, out string name)
    {
        name = text;
        int length = Encoding.UTF8.GetByteCount(text);
        return length is > 0 and < Comm.Length
            ? null
            : $"found {OptionKinds.Quote(text)}; allowed: 1 to {Comm.Length - 1} bytes, as the kernel keeps names{(length > 0 ? $": {OptionKinds.Quote(Shortened(text))}?" : "")}";
    }

    private static string Shortened(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetString(bytes, 0, Comm.Length - 1).TrimEnd('\uFFFD');
    }

    private static string? ReadMechanism(string text, out Mechanism mechanism)
    {
        int index = Array.IndexOf(Mechanisms, text);
        mechanism = (Mechanism)(index + 1);
        return index >= 0 ? null : $"found {OptionKinds.Quote(text)}{NearestName.Suggest(text, Mechanisms)}; allowed: {string.Join(", ", Mechanisms)}";
    }
}
