using System.Threading.Channels;
using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>Somebody who streams. Disposing ends it.</summary>
internal sealed class Viewer : IDisposable
{
    /// <summary>How many events may wait for a viewer: then it is too slow.</summary>
    public const int Patience = 8;

    private readonly Channel<StreamEvent> _events = Channel.CreateBounded<StreamEvent>(new BoundedChannelOptions(Patience) { SingleReader = true });
    private readonly Action<Viewer> _leave;
    private readonly StreamLedger _ledger;
    private readonly CancellationTokenSource _cut = new();
    private int _waiting;
    private int _ended;

    /// <summary>Begins.</summary>
    public Viewer(Feed feed, bool packed, StreamLedger ledger, Action<Viewer> leave) => (Feed, IsPacked, _ledger, _leave) = (feed, packed, ledger, leave);

    /// <summary>Whether it takes events compressed.</summary>
    public bool IsPacked { get; }

    /// <summary>What it sees.</summary>
    public Feed Feed { get; }

    /// <summary>Its events.</summary>
    public ChannelReader<StreamEvent> Events => _events.Reader;

    /// <summary>Cancelled when it is too slow.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>Whether it has had its snapshot.</summary>
    public bool Knows { get; set; }

    /// <summary>Hands it an event; one that is too slow is cut off.</summary>
    public void Hand(StreamEvent made)
    {
        if (Volatile.Read(ref _ended) != 0)
        {
            return;
        }
        _ledger.Made();
        Interlocked.Increment(ref _waiting);
        if (!_events.Writer.TryWrite(made))
        {
            End();
            _ledger.Dropped(Interlocked.Exchange(ref _waiting, 0));
            _cut.Cancel();
        }
    }

    /// <summary>An event was written.</summary>
    public void Wrote(StreamEvent made)
    {
        made.Wrote();
        if (Volatile.Read(ref _ended) == 0 || Volatile.Read(ref _waiting) > 0)
        {
            _ = Interlocked.Decrement(ref _waiting);
            _ledger.Written();
        }
    }

    /// <summary>No more events come.</summary>
    public void End()
    {
        _ = Interlocked.Exchange(ref _ended, 1);
        _ = _events.Writer.TryComplete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _leave(this);
        _ledger.Unmade(Math.Max(0, Interlocked.Exchange(ref _waiting, 0)));
        _cut.Dispose();
    }
}
