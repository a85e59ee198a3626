using System.CommandLine;
using Ipcscope.Capture;
using Ipcscope.Ends;
using Ipcscope.Enrich;
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
        Calls,
    }

    private const string Notes = """
        HOLDERS are name[pid]:descriptor and mode. FILL is what waits to be read, and how much may: buffers of a pipe (each holds up to a page), messages, bytes, connections that
        nobody has accepted; memory is what the kernel takes for it, sent what the other side has not taken yet. PEERS are writers → readers, or who has the other socket:
        exact (the kernel says so), observed (used it while ipcscope looked), hint (credentials or addresses only), remote (on another machine).
        An object is an orphan if no process holds, attaches or waits in it, and who made it, or used it last (message queues and semaphore sets), is gone; of named
        files (POSIX queues, shared memory) no maker is recorded, so nobody holding one is enough. Unused: a System V queue or set that nobody has used yet. Removed: it goes with
        its last holder. AGE has ≥ where the kernel keeps no time of creation.
        Calls: FOR has ≥ because nobody saw the call begin: the thread has slept in it so long at least. WAIT is full (no room), empty (nothing to take: idle, no problem) or
        lock; WAITS FOR is who could end it, and what that one does instead.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Build(Seams seams)
    {
        var filter = new FilterOptions("");
        Option<OutputFormat> format = FormatOption.Create();
        var subject = new Argument<Subject>("WHAT")
        {
            Description = "channels (as without it), processes, objects, or calls that threads sleep in",
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
        Option<bool> peers = OptionKinds.Switch("--peers", [], "channels: both ends, and how well they are known");
        Option<bool> orphans = OptionKinds.Switch("--orphans", [], "objects: only orphans");
        var command = new Command("ls", "Lists the channels, objects and calls in progress that exist now, and who has them open.") { subject, format, peers, orphans };
        filter.AddTo(command, live: false);
        Help.AddTo(command, "ls [channels|processes|objects|calls] [OPTION…]", [
            ("sudo ipcscope ls calls", "who sleeps in which call, for how long, and whom it waits for"),
            ("sudo ipcscope ls -m unix -c redis-server --peers", "redis's unix sockets, with the other ends"),
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
            if (parsed.GetValue(peers) && parsed.GetValue(subject) != Subject.Channels)
            {
                throw new CommandException(ExitStatus.Usage, "--peers is for ls channels (see ipcscope ls --help)");
            }
            using var names = CommandNames.Open(filter.ReadConfig(parsed), seams);
            Places places = names.Seams.Places;
            if (parsed.GetValue(subject) == Subject.Calls)
            {
                seams.Out.WriteLines(LsCalls.List(names.Seams, selection, parsed.GetValue(format), Styles.For(parsed.GetValue(GlobalOptions.Color), seams.Out.Fd)));
                return ExitStatus.Success;
            }
            if (parsed.GetValue(subject) == Subject.Objects)
            {
                using IObjectSource existing = Progress.Show(seams.Error, "looking for objects", seams.OpenObjects);
                IReadOnlyList<IpcObject> objects = existing.Read();
                seams.Tell(existing.Missing);
                bool Wanted(IpcObject o) => LsObjects.Matches(o, selection, parsed.GetValue(orphans), places);
                seams.Out.WriteLines(ListObjects(objects.Where(Wanted), parsed.GetValue(format), seams, Styles.For(parsed.GetValue(GlobalOptions.Color), seams.Out.Fd)));
                return ExitStatus.Success;
            }
            using IEndSource source = Progress.Show(seams.Error, "walking all descriptors", seams.OpenEnds);
            ChannelEnds ends = source.Read();
            var styles = Styles.For(parsed.GetValue(GlobalOptions.Color), seams.Out.Fd);
            int width = seams.Out.Size.Columns;
            bool json = parsed.GetValue(format) == OutputFormat.Json;
            seams.Out.WriteLines(
                parsed.GetValue(subject) == Subject.Processes
                    ? ListProcesses(ends, selection, places, json, width, styles)
                    : ListChannels(ends, selection, places, json, parsed.GetValue(peers) || parsed.GetValue(format) == OutputFormat.Wide, width, styles));
            seams.Tell(source.Missing);
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

    private static bool Matches(Descriptor d, FilterSelection selection, Places places) => (selection.Pids.Count == 0 || selection.Pids.Contains(d.Pid))
        && (selection.Names.Count == 0 || selection.Names.Contains(d.Name))
        && (selection.Mechanisms.Count == 0 || selection.Mechanisms.Contains(d.Info.Mechanism))
        && (!selection.AsksForPlaces || selection.Admits(places.Of(d.Cgroup, d.Pid)));

    private static IEnumerable<string> ListProcesses(ChannelEnds ends, FilterSelection selection, Places places, bool json, int width, Styles styles)
    {
        IEnumerable<Descriptor> shown = ends.Descriptors.Where(d => Matches(d, selection, places));
        return json ? LsProcesses.Objects(shown, places) : LsProcesses.Table(shown, places, width, styles);
    }

    // A channel is shown with all of its holders if one of them is asked for.
    private static IEnumerable<string> ListChannels(ChannelEnds ends, FilterSelection selection, Places places, bool json, bool peers, int width, Styles styles)
    {
        var channels = new LsChannels(ends, places);
        IEnumerable<LsChannel> shown = LsChannel.Group(ends.Descriptors)
            .Where(channel => channel.Holders.Any(holder => holder.Descriptors.Any(d => Matches(d, selection, places))));
        return json ? channels.Objects(shown) : channels.Table(shown, peers, width, styles);
    }
}
