using Ipcscope.Bpf;

namespace Ipcscope.Capture;

/// <summary>Finds out which parts of the shared programs a kernel refuses, by loading with some of them emptied: the verifier names a program, not a mechanism.</summary>
internal static class CallPartSearch
{
    /// <summary>Searches. It loads a part once, and once for each candidate.</summary>
    /// <param name="parts">What is wanted.</param>
    /// <param name="refused">The part that has a refused program.</param>
    /// <returns>The least to be emptied; none: it does not help.</returns>
    internal static IReadOnlyList<CallPart> Find(ProgramParts parts, ProgramPart refused)
    {
        List<CallPart> empty = [.. CallPart.All.Except(parts.Emptied)];
        if (!Loads(parts, refused, empty))
        {
            return [];
        }
        foreach (CallPart candidate in CallPart.All.Except(parts.Emptied))
        {
            empty.Remove(candidate);
            if (!Loads(parts, refused, empty))
            {
                empty.Add(candidate);
            }
        }
        return empty;
    }

    private static bool Loads(ProgramParts parts, ProgramPart refused, IEnumerable<CallPart> emptied)
    {
        try
        {
            Probes.Load(parts.Trial(refused, emptied)).Dispose();
            return true;
        }
        catch (BpfException)
        {
            return false;
        }
    }
}
