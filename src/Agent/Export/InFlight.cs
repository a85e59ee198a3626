using System.Text;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Export;

/// <summary>The longest call in progress of each identity, mechanism and operation: idle readers, too. Made anew for each page.</summary>
/// <param name="read">Reads the calls in progress.</param>
/// <param name="labels">The identity labels.</param>
/// <param name="maxSeries">How many there may be before the rest is <c>other</c>.</param>
internal sealed class InFlight(Func<IReadOnlyList<CallInProgress>> read, IdentityLabels labels, int maxSeries)
{
    private static readonly Family Longest = new("ipc_in_flight_seconds_max", "gauge", null,
        "How long the longest call has lasted that is in progress now; of one that began before the agent, how long at least.");

    private readonly Dictionary<(string Labels, Mechanism, Operation), ulong> _longest = [];

    private static ReadOnlySpan<byte> Close => "} "u8;

    /// <summary>Looks now.</summary>
    /// <param name="table">Knows who is folded into <c>other</c>.</param>
    public void Update(SeriesTable table)
    {
        _longest.Clear();
        foreach (CallInProgress call in read().OrderByDescending(call => call.Age))
        {
            string identity = labels.Of(new Process(call.Flow.Process, call.Name, call.Cgroup) { Executable = Enrich.Executables.Read(call.Pid) });
            (string, Mechanism, Operation) key = (identity, call.Flow.Mechanism, call.Flow.Operation);
            if (table.IsFolded(identity) || (_longest.Count >= maxSeries && !_longest.ContainsKey(key)))
            {
                key.Item1 = labels.Other;
            }
            _longest[key] = Math.Max(_longest.GetValueOrDefault(key), call.Age);
        }
    }

    /// <summary>Writes the family.</summary>
    public void Write(ExpositionWriter writer, bool openMetrics)
    {
        writer.Write(Longest.Header(openMetrics));
        foreach (((string identity, Mechanism mechanism, Operation operation), ulong age) in _longest)
        {
            string deed = new Deed(mechanism, operation, Via.Syscall, 0).Labels;
            writer.Seconds(Longest.Sample, Encoding.UTF8.GetBytes(identity.Length > 0 ? $"{identity},{deed}" : deed), Close, age);
        }
    }
}
