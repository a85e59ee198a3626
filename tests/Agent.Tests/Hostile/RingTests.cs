using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Tests.Cli;
using Ipcscope.Tests.Flows;

namespace Ipcscope.Tests.Hostile;

/// <summary>Whatever lies in the ring is handled, or counted as unreadable; it ends nothing, and no line is made of it that is none.</summary>
public sealed class RingTests
{
    private const int Page = 4096;
    private const int Size = 4096;
    private const int Header = 8;
    private const int Slots = SlotLayout.Overflow + 64;

    [Fact]
    public void Of_any_bytes() => Property.Holds(random =>
    {
        byte[] ring = new byte[Size];
        random.NextBytes(ring);
        Drain(ring, (ulong)random.Next(0, Size + 1), out _);
    });

    [Fact]
    public void Of_records_with_bytes_changed() => Property.Holds(random =>
    {
        List<byte[]> records = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Mutated(random))];
        byte[] ring = Written(records, out ulong produced);
        EventPump pump = Drain(ring, produced, out List<OperationRecord> operations);
        Assert.Equal(records.Count, pump.Records);
        Assert.Equal((ulong)operations.Count, pump.Operations);
        Assert.Equal((ulong)records.Count(record => !IsGood(record)), pump.Unreadable);
        Assert.All(operations, AssertShown);
    });

    [Fact]
    public void Of_records_that_are_cut_or_too_long() => Property.Holds(random =>
    {
        byte[] whole = Bytes(Cli.Operations.Send());
        byte[] record = new byte[random.Next(0, 300)];
        whole.AsSpan(0, Math.Min(whole.Length, record.Length)).CopyTo(record);
        byte[] ring = Written([record, whole], out ulong produced);
        EventPump pump = Drain(ring, produced, out List<OperationRecord> operations);
        Assert.Equal(record.Length == whole.Length ? 2 : 1, operations.Count);
        Assert.Equal(record.Length == whole.Length ? 0UL : 1, pump.Unreadable);
    });

    [Fact]
    public void A_length_beyond_what_was_written_is_passed_over()
    {
        byte[] ring = Written([Bytes(Cli.Operations.Send())], out ulong produced);
        BinaryPrimitives.WriteUInt32LittleEndian(ring, 1 << 29);
        EventPump pump = Drain(ring, produced, out List<OperationRecord> operations);
        Assert.Empty(operations);
        Assert.Equal(1UL, pump.Unreadable);
    }

    private static EventPump Drain(byte[] ring, ulong produced, out List<OperationRecord> operations)
    {
        List<OperationRecord> seen = [];
        using FileStream file = new(Path.Combine("/dev/shm", Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        });
        file.SetLength((2 * Page) + (2 * Size));
        Write(file, Page, MemoryMarshal.AsBytes([produced]));
        Write(file, 2 * Page, ring);
        Write(file, (2 * Page) + Size, ring);
        using var slots = new FakeSlots(Slots);
        using var table = new FlowTable(slots, TimeSpan.FromMinutes(5));
        using var reader = new RingReader((int)file.SafeFileHandle.DangerousGetHandle(), Size);
        using var pump = new EventPump(reader, table, null, (in OperationRecord record) => seen.Add(record));
        pump.Drain();
        pump.Drain();
        operations = seen;
        return pump;
    }

    private static void Write(FileStream file, int at, ReadOnlySpan<byte> bytes) => RandomAccess.Write(file.SafeFileHandle, bytes, at);

    // As the kernel writes them.
    private static byte[] Written(List<byte[]> records, out ulong produced)
    {
        byte[] ring = new byte[Size];
        int at = 0;
        foreach (byte[] record in records)
        {
            BinaryPrimitives.WriteInt32LittleEndian(ring.AsSpan(at), record.Length);
            record.CopyTo(ring, at + Header);
            at += (record.Length + Header + 7) & ~7;
        }
        produced = (ulong)at;
        return ring;
    }

    private static byte[] Mutated(Random random)
    {
        byte[] record = random.Next(3) switch
        {
            0 => Bytes(Cli.Operations.Send()),
            1 => Bytes(new FlowRecord { Kind = RecordKind.Flow, Slot = (uint)random.Next(Slots), Id = (ulong)random.Next() }),
            _ => Bytes(new ProcessRecord { Kind = (RecordKind)random.Next(3, 6), Time = (ulong)random.NextInt64() }),
        };
        for (int changes = random.Next(0, 4); changes > 0; changes--)
        {
            record[random.Next(record.Length)] = (byte)random.Next(256);
        }
        return record;
    }

    private static byte[] Bytes<T>(T record)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in record)).ToArray();

    private static bool IsGood(byte[] record)
    {
        RecordKind kind = MemoryMarshal.Read<RecordKind>(record);
        return kind switch
        {
            RecordKind.Operation => record.Length == Unsafe.SizeOf<OperationRecord>() && IsGood(MemoryMarshal.Read<OperationRecord>(record)),
            RecordKind.Flow => record.Length == Unsafe.SizeOf<FlowRecord>() && MemoryMarshal.Read<FlowRecord>(record).Slot < Slots,
            RecordKind.Fork or RecordKind.Exec or RecordKind.Exit => record.Length == Unsafe.SizeOf<ProcessRecord>(),
            _ => false,
        };
    }

    private static bool IsGood(OperationRecord record) =>
        Enum.IsDefined(record.Flow.Mechanism) && Enum.IsDefined(record.Flow.Operation) && Enum.IsDefined(record.Flow.Via) && record.Result >= -4095;

    private static void AssertShown(OperationRecord record)
    {
        Channel channel = Cli.Operations.Socket();
        using var json = new TraceJson(new WallClock(new FakeClock()), Ipcscope.Enrich.Places.OfIds);
        byte[] target = new byte[json.MaximumLength];
        string line = Encoding.UTF8.GetString(target, 0, json.Format(record, channel, channel.Peer, target));
        Assert.True(HostileText.IsHarmless(line[..^1]), line);
        using var parsed = JsonDocument.Parse(line);
        Assert.Equal(record.Flow.Process.Pid, parsed.RootElement.GetProperty("pid").GetUInt32());
        var table = new TraceTable(new WallClock(new FakeClock()), Styles.None, TraceLayout.For(120), Ipcscope.Enrich.Places.OfIds);
        target = new byte[table.MaximumLength];
        line = Encoding.UTF8.GetString(target, 0, table.Format(record, channel, channel.Peer, target));
        Assert.True(HostileText.IsHarmless(line[..^1]), line);
        FlowCounters counters = default;
        OperationBook.Count(ref counters, record);
    }
}
