using System.CommandLine;

namespace Ipcscope.Cli;

/// <summary><c>ipcscope completion</c>: scripts that complete commands and options, made from the commands themselves.</summary>
internal static class CompletionCommand
{
    private enum Shell
    {
        Bash,
        Zsh,
        Fish,
    }

    /// <summary>Makes the command.</summary>
    public static Command Build(Seams seams)
    {
        var shell = new Argument<Shell>("SHELL")
        {
            Description = "bash, zsh or fish",
            CustomParser = result =>
            {
                if (OptionKinds.ReadChoice(result.Tokens[0].Value, out Shell found) is { } fault)
                {
                    result.AddError(fault);
                }
                return found;
            },
        };
        var command = new Command("completion", "Prints a script that completes commands and options.") { shell };
        Help.AddTo(command, "completion bash|zsh|fish", [
            ("source <(ipcscope completion bash)", "in ~/.bashrc"),
            ("ipcscope completion zsh > \"${fpath[1]}/_ipcscope\"", "once, for zsh"),
            ("ipcscope completion fish > ~/.config/fish/completions/ipcscope.fish", "once, for fish"),
        ]);
        command.SetAction(parsed =>
        {
            Command root = CommandLine.Build(seams, null);
            seams.Out.WriteLines(parsed.GetValue(shell) switch
            {
                Shell.Bash => Bash(root),
                Shell.Zsh => ["#compdef ipcscope", "autoload -U +X bashcompinit && bashcompinit", .. Bash(root)],
                _ => Fish(root),
            });
            return ExitStatus.Success;
        });
        return command;
    }

    private static IEnumerable<string> Bash(Command root)
    {
        yield return "_ipcscope() {";
        yield return "    local word=${COMP_WORDS[COMP_CWORD]} words";
        yield return "    case ${COMP_WORDS[1]} in";
        foreach (Command command in root.Subcommands)
        {
            yield return $"    {command.Name}) words='{string.Join(' ', Options(root, command).Select(option => option.Name))}' ;;";
        }
        yield return $"    *) words='{string.Join(' ', root.Subcommands.Select(command => command.Name))}' ;;";
        yield return "    esac";
        yield return $"    [ \"$COMP_CWORD\" -eq 1 ] && words='{string.Join(' ', root.Subcommands.Select(command => command.Name))}'";
        yield return "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))";
        yield return "}";
        yield return "complete -o default -F _ipcscope ipcscope";
    }

    private static IEnumerable<string> Fish(Command root)
    {
        foreach (Command command in root.Subcommands)
        {
            yield return $"complete -c ipcscope -n __fish_use_subcommand -f -a {command.Name} -d {Quote(command.Description)}";
            foreach (Option option in Options(root, command))
            {
                string letter = option.Aliases.FirstOrDefault(alias => alias.Length == 2) is { } alias ? $" -s {alias[1]}" : "";
                yield return $"complete -c ipcscope -n '__fish_seen_subcommand_from {command.Name}' -l {option.Name[2..]}{letter} -d {Quote(option.Description)}";
            }
        }
    }

    private static IEnumerable<Option> Options(Command root, Command command) => command.Options.Concat(root.Options.Where(option => option.Recursive));

    private static string Quote(string? text) => $"'{(text ?? "").Replace("'", "\\'", StringComparison.Ordinal)}'";
}
