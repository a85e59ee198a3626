using System.Globalization;
using Ipcscope.Bpf;
using Ipcscope.Capture;
using Ipcscope.Objects;

namespace Ipcscope.KernelTests;

/// <summary>What a program costs the verifier, and how large it is.</summary>
/// <param name="Instructions">That the verifier looks at until it accepts it; 0: the kernel does not tell (before 5.16). A kernel gives up after a million.</param>
/// <param name="Bytes">Of the program once it is loaded, before it is compiled.</param>
internal readonly record struct ProgramCost(uint Instructions, uint Bytes);

/// <summary>Compares what programs cost with a committed table, tests/vm/costs, so that growth is seen before a kernel refuses.</summary>
internal static class ProgramCosts
{
    private const double Tolerance = 1.2; // point releases of a kernel differ a little
    private const uint Limit = 1_000_000; // BPF_COMPLEXITY_LIMIT_INSNS, include/linux/bpf_verifier.h

    /// <summary>Loads every program as a capture with everything on does, and the iterators.</summary>
    /// <param name="attachment">Where system calls are seen.</param>
    internal static SortedDictionary<string, ProgramCost> Read(Attachment attachment)
    {
        SortedDictionary<string, ProgramCost> costs = new(StringComparer.Ordinal);
        using var probes = Probes.Load(new ProgramParts(new CaptureOptions { Attachment = attachment }));
        using var snapshot = Probes.LoadSnapshot();
        using var objects = ObjectPrograms.Load();
        foreach (BpfProgram program in new[] { probes.Object, snapshot.Object, objects.Object }.SelectMany(all => all.Programs()).Where(program => program.Fd >= 0))
        {
            ProgramInfo info = program.ReadInfo();
            costs[program.Name] = new ProgramCost(info.VerifiedInstructions, info.TranslatedLength);
        }
        return costs;
    }

    /// <summary>The lines of a kernel in the table: its release, a program, instructions, bytes. None: nobody has seen that kernel yet.</summary>
    internal static Dictionary<string, ProgramCost> Table(string path, string kernel) => File.ReadLines(path)
        .Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length == 4 && words[0] == kernel)
        .ToDictionary(words => words[1], words => new ProgramCost(uint.Parse(words[2], CultureInfo.InvariantCulture), uint.Parse(words[3], CultureInfo.InvariantCulture)));

    /// <summary>What has grown by more than a fifth, or has come near the kernel's limit; empty if all is as it should be.</summary>
    internal static IEnumerable<string> Growth(SortedDictionary<string, ProgramCost> costs, Dictionary<string, ProgramCost> table)
    {
        foreach ((string name, ProgramCost cost) in costs)
        {
            if (cost.Instructions > Limit / 2)
            {
                yield return $"{name} is near the kernel's limit: {cost.Instructions} instructions of {Limit}";
            }
            if (table.TryGetValue(name, out ProgramCost known) && (cost.Instructions > known.Instructions * Tolerance || cost.Bytes > known.Bytes * Tolerance))
            {
                yield return $"{name} has grown: {known.Instructions} → {cost.Instructions} instructions, {known.Bytes} → {cost.Bytes} bytes: if that is worth it, put it into tests/vm/costs";
            }
        }
    }

    /// <summary>What is not in the table, or no program any more.</summary>
    internal static IEnumerable<string> Changes(SortedDictionary<string, ProgramCost> costs, Dictionary<string, ProgramCost> table) =>
    [
        .. costs.Where(cost => !table.ContainsKey(cost.Key)).Select(cost => $"{cost.Key} is not in tests/vm/costs: {cost.Value.Instructions} instructions, {cost.Value.Bytes} bytes"),
        .. table.Keys.Except(costs.Keys).Select(name => $"{name} is in tests/vm/costs and was not loaded"),
    ];
}
