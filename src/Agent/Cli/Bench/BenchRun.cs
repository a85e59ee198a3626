using Ipcscope.Capture;

namespace Ipcscope.Cli.Bench;

/// <summary>Measures A B A B: all mechanisms without the agent, all with it, and again, so that slow changes of the machine cancel out.</summary>
/// <param name="plan">What is measured.</param>
/// <param name="seams">The rest of the agent.</param>
/// <param name="progress">Says how far it is.</param>
/// <param name="withAgent">Whether the agent can be attached.</param>
internal sealed class BenchRun(BenchPlan plan, Seams seams, BenchProgress progress, bool withAgent)
{
    private static readonly bool[] Sides = [false, true];

    private readonly Dictionary<(string Mechanism, bool WithAgent), List<double[]>> _figures = [];
    private readonly Dictionary<string, string> _failures = [];
    private readonly Dictionary<string, string> _pieces = [];
    private BenchVisit? _visit;

    /// <summary>Rounds in which others observed the machine, too, and who.</summary>
    public SortedSet<string> Neighbours { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether all rounds were measured.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Measures until all is done, or an end is wanted.</summary>
    public void Run(StopSignals signals)
    {
        signals.AtOnce = () => _visit?.Remove();
        try
        {
            for (int round = 1; round <= plan.Rounds; round++)
            {
                Look();
                Measure(round, attached: false, signals.Token);
                if (withAgent)
                {
                    using ICapture capture = seams.StartCapture(new CaptureOptions());
                    Measure(round, attached: true, signals.Token);
                }
            }
            IsComplete = true;
        }
        catch (OperationCanceledException)
        {
            // What was measured until then is shown.
        }
        finally
        {
            signals.AtOnce = null;
            progress.End();
        }
    }

    /// <summary>What was found so far: of each mechanism one row without the agent, and one with it.</summary>
    public IReadOnlyList<BenchRow> Rows() =>
    [
        .. from mechanism in plan.Mechanisms
           from attached in Sides.Take(withAgent ? 2 : 1)
           let figures = _figures.GetValueOrDefault((mechanism.Name, attached)) ?? []
           let failure = _failures.GetValueOrDefault(mechanism.Name, "")
           where figures.Count > 0 || failure.Length > 0
           select BenchRow.Of(mechanism.Name, attached, figures, failure, Note(mechanism, figures.Count > 0 ? failure : "")),
    ];

    private string Note(BenchMechanism mechanism, string failure)
    {
        string givenUp = failure.Length > 0 ? $"given up before the last round: {failure}" : "";
        return string.Join("; ", new[] { mechanism.Note, _pieces.GetValueOrDefault(mechanism.Name, ""), givenUp }.Where(text => text.Length > 0));
    }

    private void Measure(int round, bool attached, CancellationToken token)
    {
        foreach (BenchMechanism mechanism in plan.Mechanisms)
        {
            token.ThrowIfCancellationRequested();
            progress.Show(round, plan.Rounds, attached, mechanism.Name);
            if (!_failures.ContainsKey(mechanism.Name))
            {
                Visit(mechanism, attached, token);
            }
        }
    }

    private void Visit(BenchMechanism mechanism, bool attached, CancellationToken token)
    {
        using var visit = new BenchVisit(mechanism, plan, token);
        _visit = visit;
        try
        {
            double[] figures = visit.Measure(seams.Self);
            if (!_figures.TryGetValue((mechanism.Name, attached), out List<double[]>? all))
            {
                _figures.Add((mechanism.Name, attached), all = []);
            }
            all.Add(figures);
            _pieces[mechanism.Name] = visit.Pieces;
        }
        catch (BenchException fault)
        {
            token.ThrowIfCancellationRequested(); // then it may be the reason
            _failures[mechanism.Name] = mechanism.Advice.Length > 0 ? $"{fault.Message} ({mechanism.Advice})" : fault.Message;
        }
    }

    // What others attach slows every call of every process, and would be taken for the price of the mechanism.
    private void Look()
    {
        Neighbours.UnionWith(OtherTracers.Names().Select(name => $"program {name}"));
        if (OtherTracers.Captures() > 0)
        {
            Neighbours.Add("another capture of ipcscope");
        }
    }
}
