using System.Diagnostics;
using Ipcscope.Capture;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.Edges;

/// <summary>Keeps a table of edges up to date on a thread of its own. Disposing ends it, and closes the journal.</summary>
internal sealed partial class EdgeSampler : IDisposable
{
    private const string Blind = "edges are known from traffic only, those of sockets not at all";

    /// <summary>Which edges have to go takes a walk over all of them: that is not done at every interval.</summary>
    private static readonly TimeSpan LongestPace = TimeSpan.FromSeconds(5);

    private readonly EdgeTable _table;
    private readonly IFlowJournal _journal;
    private readonly Func<IEndSource> _open;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _expiry;
    private readonly ILogger _log;
    private readonly ManualResetEventSlim _stop = new(initialState: false, spinCount: 0); // it is waited for long: spinning before would cost more than all else
    private readonly Thread _thread;

    /// <summary>Begins.</summary>
    /// <param name="table">The table.</param>
    /// <param name="journal">What it reads.</param>
    /// <param name="open">Loads what tells who is at which end.</param>
    /// <param name="interval">How often edges are settled; ends are looked at as often, if there is something new.</param>
    /// <param name="expiry">How long edges of ended processes stay.</param>
    /// <param name="log">Where it is said, once, that ends cannot be looked at.</param>
    public EdgeSampler(EdgeTable table, IFlowJournal journal, Func<IEndSource> open, TimeSpan interval, TimeSpan expiry, ILogger log)
    {
        (_table, _journal, _open, _interval, _expiry, _log) = (table, journal, open, interval, expiry, log);
        _thread = new Thread(Run) { IsBackground = true, Name = "edges" };
        _thread.Start();
    }

    /// <summary>What became of what was put in.</summary>
    public StageCount Ledger => _table.Ledger;

    /// <summary>What was lost of it.</summary>
    public IReadOnlyList<LossCount> Losses => _table.Losses;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _journal.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        IEndSource? ends = Open();
        TimeSpan pace = _expiry < LongestPace ? _expiry : LongestPace;
        long expired = 0;
        try
        {
            while (!_stop.Wait(_interval))
            {
                _table.Observe();
                if (ends is not null && _table.WantsLook)
                {
                    Look(ref ends);
                }
                _table.Settle();
                if (Stopwatch.GetElapsedTime(expired) >= pace)
                {
                    expired = Stopwatch.GetTimestamp();
                    _table.Expire((ulong)expired, _expiry);
                }
            }
        }
        finally
        {
            ends?.Dispose();
        }
    }

    private IEndSource? Open()
    {
        try
        {
            return _open();
        }
        catch (CaptureException e)
        {
            Tell(e);
            return null;
        }
    }

    private void Look(ref IEndSource? ends)
    {
        try
        {
            _table.Look(ends!);
        }
        catch (CaptureException e)
        {
            Tell(e);
            ends!.Dispose();
            ends = null;
        }
    }

    private void Tell(CaptureException refusal)
    {
        _table.Missing = [new MissingPart("ends", Blind, refusal.Message, [])];
        LogBlind(Blind, refusal.Message);
    }

    [LoggerMessage(12, LogLevel.Warning, "{Blind}: {Reason}")]
    private partial void LogBlind(string blind, string reason);
}
