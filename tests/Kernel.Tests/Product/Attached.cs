using System.Text.Json;

namespace Ipcscope.KernelTests.Product;

/// <summary>What the kernel has loaded. Others may use ipcscope on this machine meanwhile: programs are told apart by their ids.</summary>
internal static class Attached
{
    private const string OurPrograms = "ipcscope_";

    /// <summary>The programs that a process holds, attached or only loaded.</summary>
    internal static HashSet<int> Of(int pid) => Of(pid, _ => true);

    /// <summary>The programs that a process has attached to trace: without the iterators that read what exists.</summary>
    internal static HashSet<int> TracingOf(int pid) => Of(pid, lines =>
        Array.Exists(lines, line => line.StartsWith("link_type:", StringComparison.Ordinal) && !line.EndsWith("iter", StringComparison.Ordinal)));

    private static HashSet<int> Of(int pid, Predicate<string[]> wanted)
    {
        HashSet<int> ids = [];
        try
        {
            foreach (string file in Directory.EnumerateFiles($"/proc/{pid}/fdinfo"))
            {
                ids.UnionWith(ProgramIds(file, wanted));
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return ids; // the process has ended
        }
        return ids;
    }

    /// <summary>Fails if one of these programs is still loaded, or linked to anything.</summary>
    internal static void AssertGone(IReadOnlySet<int> ids)
    {
        Assert.NotEmpty(ids);
        int[] left = Eventually.Get(() => Loaded().Select(program => program.Id).Concat(Linked()).Where(ids.Contains).ToArray(), left => left.Length == 0);
        Assert.Empty(left);
    }

    /// <summary>Fails if one of our programs is loaded and no process holds it.</summary>
    internal static void AssertNoneLeft() =>
        Assert.Empty(Eventually.Get(Orphans, orphans => orphans.Length == 0));

    private static int[] Orphans()
    {
        int[] ours = [.. Loaded().Where(program => program.Name.StartsWith(OurPrograms, StringComparison.Ordinal)).Select(program => program.Id)];
        HashSet<int> held = [];
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), out int pid))
            {
                held.UnionWith(Of(pid));
            }
        }
        return [.. ours.Where(id => !held.Contains(id))];
    }

    private static (int Id, string Name)[] Loaded()
    {
        using JsonDocument all = Ask("prog");
        return [.. all.RootElement.EnumerateArray().Select(program => (program.GetProperty("id").GetInt32(), Name(program)))];
    }

    private static int[] Linked()
    {
        using JsonDocument all = Ask("link");
        return [.. all.RootElement.EnumerateArray()
            .Where(link => link.TryGetProperty("prog_id", out _))
            .Select(link => link.GetProperty("prog_id").GetInt32())];
    }

    private static string Name(JsonElement program) => program.TryGetProperty("name", out JsonElement name) ? name.GetString()! : "";

    private static JsonDocument Ask(string subject)
    {
        // A program that goes while it lists makes bpftool fail: it is asked again.
        Outcome outcome = Eventually.Get(() => Binary.RunAny(["bpftool", "-j", subject, "list"]), outcome => outcome.Status == 0);
        return JsonDocument.Parse(outcome.AssertStatus(0).Output);
    }

    private static IEnumerable<int> ProgramIds(string file, Predicate<string[]> wanted)
    {
        const string Field = "prog_id:";
        try
        {
            string[] lines = File.ReadAllLines(file);
            return !wanted(lines) ? [] : [.. lines
                .Where(line => line.StartsWith(Field, StringComparison.Ordinal))
                .Select(line => int.Parse(line.AsSpan(Field.Length).Trim()))];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return []; // the descriptor was closed meanwhile
        }
    }
}
