using Ipcscope.Decode;

namespace Ipcscope.KernelTests.Programs;

/// <summary>What one path saw of a scene.</summary>
/// <param name="Path">Which one, with what it lost: for messages.</param>
/// <param name="Entries">By process, mechanism and operation.</param>
internal sealed record Sight(string Path, IReadOnlyList<Entry> Entries)
{
    /// <summary>All that processes of this name did.</summary>
    internal Tally Total(string name, Mechanism mechanism, Operation operation) => Tally.Sum(Entries
        .Where(entry => entry.Name == name && entry.Mechanism == mechanism && entry.Operation == operation)
        .Select(entry => entry.Tally));

    /// <summary>Fails unless both figures are the same.</summary>
    internal void Same(string left, ulong a, string right, ulong b) =>
        Assert.True(a == b, $"{Path}: {left} is {a}, {right} is {b}\n{this}");

    /// <summary>Fails unless <paramref name="a"/> is as large as <paramref name="b"/>, and something at all.</summary>
    internal void AtLeast(string left, ulong a, string right, ulong b) =>
        Assert.True(a >= b && a > 0, $"{Path}: {left} is {a}, less than {right}, {b}\n{this}");

    /// <summary>What each end gave the other has got: fails if not, or if nothing went over.</summary>
    internal void Conserves(Mechanism mechanism, string one, string other)
    {
        foreach ((string from, string to) in (ReadOnlySpan<(string, string)>)[(one, other), (other, one)])
        {
            ulong sent = Total(from, mechanism, Operation.Send).Bytes;
            Same($"bytes of {mechanism} that {from} sent", sent,
                $"bytes that {to} received", Total(to, mechanism, Operation.Receive).Bytes);
            AtLeast($"bytes that {from} sent", sent, "one byte", 1);
        }
    }

    public override string ToString() => string.Join('\n', Entries
        .OrderBy(entry => entry.Pid).ThenBy(entry => entry.Mechanism).ThenBy(entry => entry.Operation)
        .Select(entry => $"    {entry.Name} {entry.ByProcess}: {entry.Tally}"));
}
