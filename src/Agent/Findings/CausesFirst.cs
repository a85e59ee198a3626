using Ipcscope.Waits;

namespace Ipcscope.Findings;

/// <summary>Puts waits in the order in which people look for the cause: the longest first, but behind the waits of those who could end it.</summary>
internal static class CausesFirst
{
    /// <summary>Orders <paramref name="waits"/>; a circle is cut where it is met first.</summary>
    internal static IReadOnlyList<Wait> Order(IEnumerable<Wait> waits)
    {
        List<Wait> byAge = [.. waits.OrderByDescending(wait => wait.Call.Age).ThenBy(wait => wait.Call.Tid)];
        ILookup<uint, Wait> ofProcess = byAge.ToLookup(wait => wait.Call.Pid);
        var seen = new HashSet<Wait>(ReferenceEqualityComparer.Instance);
        List<Wait> ordered = [];
        foreach (Wait wait in byAge)
        {
            Visit(wait);
        }
        return ordered;

        void Visit(Wait wait)
        {
            if (!seen.Add(wait))
            {
                return;
            }
            foreach (Wait cause in wait.Parties.SelectMany(party => ofProcess[party.Pid].Where(other => party.Tid is 0 || party.Tid == other.Call.Tid)))
            {
                Visit(cause);
            }
            ordered.Add(wait);
        }
    }
}
