using System.CommandLine;
using Ipcscope.Capture;
using Ipcscope.Filters;
using Ipcscope.Objects;

namespace Ipcscope.Cli;

/// <summary><c>ipcscope ls</c>: what exists now.</summary>
internal static class LsCommand
{
    private enum Subject
    {
        Channels,
        Processes,
        Objects,
    }

    private const string Notes = """
        HOLDERS are name[pid]:descriptor and mode. FILL is buffers in use of those that a pipe has (each holds up to a page), or bytes that wait in a socket.
        An object is an orphan if no process holds, attaches or waits in it, and who made it, or used it last (message queues and semaphore sets), is gone; of named
        files (POSIX queues, shared memory) no maker is recorded, so nobody holding one is enough. Unused: a System V queue or set that nobody has used yet. Removed: it goes with
        its last holder. AGE has ≥ where the kernel keeps no time of creation.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Build(Seams seams)
    {
        var filter = new FilterOptions("");
        Option<OutputFormat> format = FormatOption.Create();
        var subject = new Argument<Subject>("WHAT")
        {
            Description = "channels (as without it), processes, or objects",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => Subject.Channels,
            CustomParser = result =>
            {
                string word = result.Tokens[0].Value;
                if (OptionKinds.ReadChoice(word, out Subject found) is { } fault)
                {
                    // The parser gives a word that it does not know to the argument, options too.
                    result.AddError(word is ['-', _, ..] ? $"there is no option {OptionKinds.Quote(word)}" : fault);
                }
                return found;
            },
        };
        Option<bool> orphans = OptionKinds.Switch("--orphans", [], "objects: only orphans");
        var command = new Command("ls", "Lists the channels and objects that exist now, and who has them open.") { subject, format, orphans };
        filter.AddTo(command, live: false);
        Help.AddTo(command, "ls [channels|processes|objects] [OPTION…]", [
            ("sudo ipcscope ls", "every channel that has a descriptor, with its holders"),
            ("sudo ipcscope ls -m unix -c redis-server -o wide", "redis's unix sockets, with the other ends"),
            ("sudo ipcscope ls objects --orphans", "queues, segments and semaphores that were left behind"),
        ], Notes);
        command.SetAction(parsed =>
        {
            FilterSelection selection = filter.ReadSelection(parsed);
            CapturePlan.RefuseMissing(selection.Pids);
            if (parsed.GetValue(orphans) && parsed.GetValue(subject) != Subject.Objects)
            {
                throw new CommandException(ExitStatus.Usage, "--orphans is for ls objects (see ipcscope ls --help)");
            }
            if (parsed.GetValue(subject) == Subject.Objects)
            {
                IReadOnlyList<IpcObject> objects = Progress.Show(seams.Error, "looking for objects", () =>
                {
                    using IObjectSource source = seams.OpenObjects();
                    return source.Read();
                });
                bool Wanted(IpcObject o) => LsObjects.Matches(o, selection, parsed.GetValue(orphans));
                seams.Out.WriteLines(ListObjects(objects.Where(Wanted), parsed.GetValue(format), seams, Styles.For(parsed.GetValue(GlobalOptions.Color), seams.Out.Fd)));
                return ExitStatus.Success;
            }
            IReadOnlyList<Descriptor> all = Progress.Show(seams.Error, "walking all descriptors", seams.ReadSnapshot);
            var styles = Styles.For(parsed.GetValue(GlobalOptions.Color), seams.Out.Fd);
            seams.Out.WriteLines(List(all, selection, parsed.GetValue(subject), parsed.GetValue(format), seams.Out.Size.Columns, styles));
            return ExitStatus.Success;
        });
        return command;
    }

    private static IEnumerable<string> ListObjects(IEnumerable<IpcObject> objects, OutputFormat format, Seams seams, Styles styles)
    {
        var users = UserNames.Read();
        return format == OutputFormat.Json
            ? objects.Select(new ObjectJson(users).Line)
            : new LsObjects(users, seams.Time.GetUtcNow()).Table(objects, format == OutputFormat.Wide, seams.Out.Size.Columns, styles);
    }

    private static IEnumerable<string> List(
        IReadOnlyList<Descriptor> all, FilterSelection selection, Subject subject, OutputFormat format, int width, Styles styles)
    {
        bool Matches(Descriptor d) => (selection.Pids.Count == 0 || selection.Pids.Contains(d.Pid))
            && (selection.Names.Count == 0 || selection.Names.Contains(d.Name))
            && (selection.Mechanisms.Count == 0 || selection.Mechanisms.Contains(d.Info.Mechanism));
        bool json = format == OutputFormat.Json;
        if (subject == Subject.Processes)
        {
            return json ? LsProcesses.Objects(all.Where(Matches)) : LsProcesses.Table(all.Where(Matches), width, styles);
        }
        // A channel is shown with all of its holders if one of them is asked for.
        List<LsChannel> channels = LsChannel.Group(all);
        IEnumerable<LsChannel> shown = channels.Where(channel => channel.Holders.Any(holder => holder.Descriptors.Any(Matches)));
        return json ? LsChannels.Objects(shown, channels) : LsChannels.Table(shown, channels, format == OutputFormat.Wide, width, styles);
    }
}
