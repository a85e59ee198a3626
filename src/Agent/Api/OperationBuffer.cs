using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>Collects operations as events, until a client takes them. What finds no room is dropped and counted: whoever reads the ring never waits.</summary>
/// <param name="ledger">What becomes of events.</param>
internal sealed class OperationBuffer(StreamLedger ledger) : ILineSink
{
    private const int Bytes = 1 << 20;

    private readonly Lock _gate = new();
    private byte[] _filling = new byte[Bytes];
    private byte[] _taken = new byte[Bytes];
    private int _filled;
    private int _lines;
    private ulong _lost;

    /// <inheritdoc/>
    public void Append(ITraceFormat format, in OperationRecord record, Channel? channel, string peer)
    {
        ReadOnlySpan<byte> field = "data: "u8;
        ledger.Made();
        lock (_gate)
        {
            if (_filled + field.Length + format.MaximumLength + 1 > Bytes)
            {
                _lost++;
                ledger.Dropped(1);
                return;
            }
            field.CopyTo(_filling.AsSpan(_filled));
            _filled += field.Length;
            _filled += format.Format(record, channel, peer, _filling.AsSpan(_filled));
            _filling[_filled++] = (byte)'\n'; // an empty line ends the event
            _lines++;
        }
    }

    /// <summary>Takes what is there. The memory is valid until the next time.</summary>
    public (ReadOnlyMemory<byte> Events, int Lines, ulong Lost) Take()
    {
        lock (_gate)
        {
            (_filling, _taken) = (_taken, _filling);
            (int filled, int lines, ulong lost) = (_filled, _lines, _lost);
            (_filled, _lines, _lost) = (0, 0, 0);
            return (_taken.AsMemory(0, filled), lines, lost);
        }
    }
}
