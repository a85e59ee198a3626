using System.Text;
using Ipcscope.Capture;
using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>Writes operations to a client, and what it has missed.</summary>
/// <param name="response">Where to.</param>
/// <param name="buffer">What there is.</param>
/// <param name="capture">Knows what the ring has lost.</param>
/// <param name="ledger">What becomes of events.</param>
internal sealed class OperationWriter(Stream response, OperationBuffer buffer, ICapture capture, StreamLedger ledger)
{
    /// <summary>A client that takes nothing for so long is cut off.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private ulong _ringFull;

    /// <summary>Says that operations are captured from now on.</summary>
    public void Begin() => Send("event: begin\ndata: {}\n\n"u8.ToArray(), CancellationToken.None);

    /// <summary>Writes what there is.</summary>
    public void Write(CancellationToken stop)
    {
        (ReadOnlyMemory<byte> events, int lines, ulong lost) = buffer.Take();
        ulong ringFull = capture.ReadLosses().Where(loss => loss.Cause == LossCause.RingFull.Name).Aggregate(0UL, (sum, loss) => sum + loss.Count);
        lost += ringFull - _ringFull;
        _ringFull = ringFull;
        try
        {
            if (events.Length > 0)
            {
                Send(events, stop);
            }
            for (int i = 0; i < lines; i++)
            {
                ledger.Written();
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            ledger.Unmade(lines);
            throw;
        }
        if (lost > 0)
        {
            Send(Encoding.UTF8.GetBytes($"event: lost\ndata: {{\"count\":{lost}}}\n\n"), stop);
        }
    }

    /// <summary>Says that there were as many as were wanted.</summary>
    public void End(ulong operations) => Send(Encoding.UTF8.GetBytes($"event: end\ndata: {{\"count\":{operations}}}\n\n"), CancellationToken.None);

    // On a thread of its own: it may wait, but not for ever.
    private void Send(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        response.WriteAsync(bytes, patience.Token).AsTask().GetAwaiter().GetResult();
    }
}
