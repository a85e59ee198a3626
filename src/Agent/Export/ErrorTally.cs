using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>Failed calls by errno, as numbers that only grow. A series sees few different ones, so a list is searched.</summary>
internal sealed class ErrorTally
{
    private readonly List<ErrorCount> _counts = [];

    /// <summary>What was counted so far, in the order of first appearance.</summary>
    public ReadOnlySpan<ErrorCount> Counts => CollectionsMarshal.AsSpan(_counts);

    /// <summary>Adds what has grown from <paramref name="last"/> to <paramref name="now"/>, and remembers it in <paramref name="last"/>.</summary>
    public void Grow(ErrorTally last, ImmutableArray<ErrorCount> now)
    {
        if (now.IsDefaultOrEmpty)
        {
            return;
        }
        foreach (ErrorCount error in now)
        {
            ulong known = last.Of(error.Number);
            if (error.Count > known)
            {
                Add(error.Number, error.Count - known);
                last.Add(error.Number, error.Count - known);
            }
        }
    }

    /// <summary>Adds all of <paramref name="other"/>.</summary>
    public void Add(ErrorTally other)
    {
        foreach (ErrorCount error in other.Counts)
        {
            Add(error.Number, error.Count);
        }
    }

    private ulong Of(int number)
    {
        int index = IndexOf(number);
        return index < 0 ? 0 : _counts[index].Count;
    }

    private void Add(int number, ulong count)
    {
        int index = IndexOf(number);
        if (index < 0)
        {
            _counts.Add(new ErrorCount(number, count));
            return;
        }
        _counts[index] = new ErrorCount(number, _counts[index].Count + count);
    }

    private int IndexOf(int number)
    {
        for (int i = 0; i < _counts.Count; i++)
        {
            if (_counts[i].Number == number)
            {
                return i;
            }
        }
        return -1;
    }
}
