namespace Ipcscope.KernelTests.Judge;

/// <summary>Whether a difference is what a capture said it did not see: it must be exact, or say by how much it is not.</summary>
internal static class Told
{
    /// <summary>Whether nothing was counted too often, and no more operations are missing than runs of programs were skipped.</summary>
    /// <param name="truth">What was done.</param>
    /// <param name="observed">What was counted.</param>
    /// <param name="skipped">Runs that the kernel skipped meanwhile, as the capture says.</param>
    internal static bool Explains(SortedDictionary<string, Figures> truth, SortedDictionary<string, Figures> observed, ulong skipped)
    {
        ulong missing = 0;
        foreach (string key in truth.Keys.Union(observed.Keys))
        {
            ulong real = truth.TryGetValue(key, out Figures done) ? done.Operations : 0;
            ulong seen = observed.TryGetValue(key, out Figures counted) ? counted.Operations : 0;
            if (seen > real)
            {
                return false;
            }
            missing += real - seen;
        }
        return missing > 0 && missing <= skipped;
    }
}
