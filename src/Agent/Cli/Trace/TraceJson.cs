using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Export;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>A trace line for programs: one JSON object, base units, nanoseconds kept.</summary>
/// <param name="clock">Tells the time of day.</param>
/// <param name="places">Tells where processes run.</param>
internal sealed class TraceJson(WallClock clock, Places places) : ITraceFormat, IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json = new(Stream.Null, JsonLine.Options);

    private readonly byte[] _time = new byte[30];
    private long _second = long.MinValue;

    /// <inheritdoc/>
    public int MaximumLength => 4096;

    /// <inheritdoc/>
    public int Format(in OperationRecord record, Channel? channel, string peer, Span<byte> target)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteNumber("schema"u8, JsonLine.Schema);
        _json.WriteString("time"u8, Time(record.Begin));
        Process(record);
        _json.WriteString("mechanism"u8, Words.Mechanisms[(int)record.Flow.Mechanism]);
        _json.WriteString("operation"u8, Words.Operations[(int)record.Flow.Operation]);
        How(record.Flow);
        _json.WriteString("channel"u8, channel?.Name ?? "");
        _json.WriteNumber("inode"u8, record.Flow.Channel.Inode);
        _json.WriteString("peer"u8, peer);
        Result(record);
        Self(record);
        _json.WriteEndObject();
        _json.Flush();
        _buffer.WrittenSpan.CopyTo(target);
        target[_buffer.WrittenCount] = (byte)'\n';
        return _buffer.WrittenCount + 1;
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void Process(in OperationRecord record)
    {
        ReadOnlySpan<byte> comm = record.Comm;
        int end = comm.IndexOf((byte)0);
        _json.WriteString("process"u8, end < 0 ? comm : comm[..end]);
        _json.WriteNumber("pid"u8, record.Flow.Process.Pid);
        _json.WriteNumber("tid"u8, record.Tid);
        _json.WriteNumber("cgroup"u8, record.Flow.Cgroup);
        PlaceJson.Write(_json, places.OfSeen(record.Flow.Cgroup));
    }

    private void How(in FlowKey flow)
    {
        if (flow.Via != Via.Syscall)
        {
            _json.WriteString("via"u8, Words.Vias[(int)flow.Via]);
        }
        if (Details.Word(flow.Mechanism, flow.Operation, flow.Detail) is { Length: > 0 } detail)
        {
            _json.WriteString("detail"u8, detail);
        }
    }

    private void Result(in OperationRecord record)
    {
        FlowKey flow = record.Flow;
        bool moved = record.Result > 0 && OperationTraits.HasSize(flow.Mechanism, flow.Operation) && flow.Operation != Operation.Peek;
        _json.WriteNumber("size_bytes"u8, moved ? record.Result : 0);
        if (flow.Operation == Operation.Peek && record.Result >= 0)
        {
            _json.WriteNumber("peeked_bytes"u8, record.Result);
        }
        Times(record);
        if (flow is { Mechanism: Mechanism.Mq, Operation: Operation.Send or Operation.Receive } && record.Result >= 0)
        {
            _json.WriteNumber("priority"u8, record.Priority);
        }
        if (OperationTraits.WouldBlock(record))
        {
            _json.WriteBoolean("would_block"u8, true);
        }
        else if (record.Result < 0)
        {
            _json.WriteString("error"u8, Errno.Name((int)-record.Result));
        }
        if ((record.Flags & OperationMarks.Truncated) != 0)
        {
            _json.WriteBoolean("truncated"u8, true);
        }
        if ((record.Flags & OperationMarks.Interrupted) != 0)
        {
            _json.WriteBoolean("interrupted"u8, true);
        }
    }

    private void Times(in OperationRecord record)
    {
        if (!WaitReasons.IsTimed(record))
        {
            _json.WriteNull("duration_seconds"u8);
            return;
        }
        _json.WriteNumber("duration_seconds"u8, ToSeconds(record.Duration));
        if (WaitReasons.Waited(record) is > 0 and var waited)
        {
            _json.WriteNumber("wait_seconds"u8, ToSeconds(waited));
            _json.WriteString("wait_reason"u8, Words.Reasons[(int)WaitReasons.Reason(record.Flow.Mechanism, record.Flow.Operation)]);
        }
    }

    // Our own writing is an operation, too.
    private void Self(in OperationRecord record)
    {
        if (record.Flow.Process.Pid == Environment.ProcessId)
        {
            _json.WriteBoolean("self"u8, true);
        }
    }

    /// <summary>Nanoseconds as seconds with nine decimals, exactly.</summary>
    internal static decimal ToSeconds(ulong nanoseconds) => new((int)nanoseconds, (int)(nanoseconds >> 32), 0, false, 9);

    // RFC 3339 in UTC with nine decimals.
    private byte[] Time(ulong begin)
    {
        long now = clock.ToUnixNanoseconds(begin);
        if (now / Second != _second)
        {
            _second = now / Second;
            Utf8Formatter.TryFormat(DateTimeOffset.FromUnixTimeSeconds(_second).UtcDateTime, _time, out _, new StandardFormat('O'));
            // "O" writes seven decimals and the zone: yyyy-MM-ddTHH:mm:ss.fffffffZ.
            _time[^1] = (byte)'Z';
        }
        var decimals = new LineWriter(_time.AsSpan(20));
        decimals.Digits((ulong)(now % Second), 9);
        return _time;
    }
}
