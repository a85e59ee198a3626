namespace Ipcscope.KernelTests.Programs;

/// <summary>What some calls did. Two are equal if they read the same.</summary>
internal sealed class Tally
{
    /// <summary>Stands among the errors for calls that never returned.</summary>
    internal const string Interrupted = "interrupted";

    private readonly SortedDictionary<string, ulong> _errors = new(StringComparer.Ordinal);

    /// <summary>Completed calls, failed ones included.</summary>
    internal ulong Operations { get; private set; }

    internal ulong Bytes { get; private set; }

    /// <summary>Calls that failed with EAGAIN or EINPROGRESS: no operations.</summary>
    internal ulong WouldBlock { get; private set; }

    /// <summary>Calls that were perhaps not made, were perhaps interrupted and perhaps came to their end: beside the others.</summary>
    internal ulong Doubts { get; private set; }

    internal ulong Calls => Operations + WouldBlock;

    internal ulong Errors => _errors.Values.Aggregate(0UL, (sum, count) => sum + count);

    internal static Tally Sum(IEnumerable<Tally> parts)
    {
        Tally sum = new();
        foreach (Tally part in parts)
        {
            sum.Operations += part.Operations;
            sum.Bytes += part.Bytes;
            sum.WouldBlock += part.WouldBlock;
            sum.Doubts += part.Doubts;
            foreach ((string errno, ulong count) in part._errors)
            {
                sum._errors[errno] = sum._errors.GetValueOrDefault(errno) + count;
            }
        }
        return sum;
    }

    internal static Tally Of(ulong operations, ulong bytes, ulong wouldBlock, IEnumerable<(string Errno, ulong Count)> errors)
    {
        Tally tally = new() { Operations = operations, Bytes = bytes, WouldBlock = wouldBlock };
        foreach ((string errno, ulong count) in errors.Where(error => error.Count > 0))
        {
            tally._errors[errno] = count;
        }
        return tally;
    }

    internal void Succeed(ulong bytes)
    {
        Operations++;
        Bytes += bytes;
    }

    internal void Fail(string errno)
    {
        if (errno is "EAGAIN" or "EINPROGRESS")
        {
            WouldBlock++;
            return;
        }
        Operations++;
        _errors[errno] = _errors.GetValueOrDefault(errno) + 1;
    }

    internal void Doubt() => Doubts++;

    /// <summary>Whether another tally is the same; what is doubtful in this one may be in the other or not.</summary>
    internal bool Allows(Tally other)
    {
        if (Doubts == 0)
        {
            return ToString() == other.ToString();
        }
        ulong more = other.Calls - Calls;
        ulong moreErrors = other._errors.Aggregate(0UL, (sum, error) => sum + error.Value - _errors.GetValueOrDefault(error.Key));
        return other.Calls >= Calls && more <= Doubts && other.WouldBlock >= WouldBlock && moreErrors <= more
            && _errors.All(error => other._errors.GetValueOrDefault(error.Key) >= error.Value)
            && (more > 0 ? other.Bytes >= Bytes : other.Bytes == Bytes);
    }

    public override string ToString() =>
        $"{Operations} operations, {Bytes} bytes, {WouldBlock} would block" +
        string.Concat(_errors.Select(error => $", {error.Value} {error.Key}")) + (Doubts > 0 ? $", {Doubts} doubtful" : "");
}
