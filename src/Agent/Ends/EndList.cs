using Ipcscope.Decode;

namespace Ipcscope.Ends;

/// <summary>Collects ends, each process once: with all that it can do, and as well as it is known.</summary>
internal sealed class EndList
{
    private readonly Dictionary<ProcessKey, End> _ends = [];

    public bool IsEmpty => _ends.Count == 0;

    /// <summary>Adds ends that are known no better than <paramref name="worst"/> lets them.</summary>
    public void AddRange(IEnumerable<End> ends, Certainty worst = Certainty.Exact)
    {
        foreach (End end in ends)
        {
            Add(end with { Certainty = (Certainty)Math.Max((byte)end.Certainty, (byte)worst) });
        }
    }

    public void Add(End end)
    {
        if (_ends.TryGetValue(end.Process, out End known))
        {
            end = known with
            {
                Access = known.Certainty < end.Certainty ? known.Access : known.Certainty > end.Certainty ? end.Access : known.Access | end.Access,
                Certainty = (Certainty)Math.Min((byte)known.Certainty, (byte)end.Certainty),
            };
        }
        _ends[end.Process] = end;
    }

    public List<End> Sorted() => [.. _ends.Values.OrderBy(end => end.Certainty).ThenBy(end => end.Process.Pid).ThenBy(end => end.Process.ExecId)];
}
