using System.Diagnostics;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.KernelTests.Delivery;

/// <summary>Times in queues, against the times that were written into the data: means within 2 %, percentiles within one bucket.</summary>
public sealed class DeliveryTests : IDisposable
{
    private const double Tolerance = 0.02;
    private readonly ulong _since = (ulong)Stopwatch.GetTimestamp();
    private CaptureSession? _capture;

    [Theory]
    [InlineData("pipe", "write_gap=200 read_gap=300 burst=4")]
    [InlineData("pipe", "write_gap=200 read_gap=500 burst=16 read_size=23")]            // partial reads
    [InlineData("pipe", "write_gap=200 read_gap=900 burst=32 read_size=4096")]          // many writes in one read
    [InlineData("pipe", "write_gap=300 read_gap=100 burst=3 writers=4")]
    [InlineData("pipe", "write_gap=100 read_gap=900 burst=3 readers=3")]
    [InlineData("pipe", "write_gap=300 read_gap=200 burst=3 writers=3 readers=3")]
    [InlineData("pipe", "size=4096 batch=64 count=20 write_gap=100 read_gap=500")]      // one write fills it four times
    [InlineData("pipe", "count=5000 write_gap=0 read_gap=100 burst=1000")]              // full all the time
    [InlineData("pair-stream", "write_gap=200 read_gap=300 burst=4")]
    [InlineData("pair-stream", "write_gap=0 read_gap=100 count=3000 read_size=100")]    // full
    [InlineData("pair-dgram", "write_gap=200 read_gap=300 burst=4")]
    [InlineData("pair-seqpacket", "write_gap=200 read_gap=300 burst=4")]
    [InlineData("unix-stream", "write_gap=200 read_gap=300 burst=4 writers=2 readers=2")]
    [InlineData("unix-dgram", "write_gap=200 read_gap=300 burst=4 writers=3")]
    [InlineData("unix-seqpacket", "write_gap=200 read_gap=300 burst=4")]
    [InlineData("tcp", "write_gap=200 read_gap=300 burst=4")]
    [InlineData("tcp", "size=4096 count=3000 write_gap=0 read_gap=100 read_size=10000")] // deep
    [InlineData("udp", "write_gap=200 read_gap=300 burst=4 count=50 writers=3 readers=2")]
    [InlineData("mq", "write_gap=200 read_gap=300 burst=4")]
    [InlineData("mq", "write_gap=0 read_gap=200 burst=50 priorities=4 writers=2")]
    [InlineData("sysv_msg", "write_gap=200 read_gap=300 burst=4 writers=2 readers=2")]
    [InlineData("sysv_msg", "count=20000 write_gap=0 read_gap=0 writers=2 readers=2")]      // both ends in one another's way
    public void AsTheDataItselfSays(string kind, string plan)
    {
        _capture = CaptureSession.Start(new CaptureOptions());
        using Exchange exchange = new($"{kind} {plan}");
        // A socket that anybody may send to, and that several do or read: of one datagram the time may be missing (docs/delivery.md).
        AssertDelivery(exchange, mayMiss: kind is "udp" or "unix-dgram" ? 1UL : 0);
    }

    [Theory]
    [InlineData("pipe", "read_gap=200 size=512")]
    [InlineData("pair-stream", "read_gap=200 size=512")]
    [InlineData("pair-dgram", "read_gap=500")]
    [InlineData("unix-seqpacket", "read_gap=500")]
    [InlineData("tcp", "read_gap=100 count=3000 read_size=65536")]
    [InlineData("mq", "read_gap=500")]
    [InlineData("sysv_msg", "read_gap=200")]
    public void WhatLayInAFullChannelBeforeIsNotTimed(string kind, string plan)
    {
        using Exchange exchange = new($"{kind} {plan} full=1");
        exchange.AwaitFull();
        _capture = CaptureSession.Start(new CaptureOptions());
        AssertDelivery(exchange);
    }

    [Theory]
    [InlineData("unix-stream", 1)]
    [InlineData("unix-stream", 4)]
    [InlineData("unix-seqpacket", 1)]
    [InlineData("pair-stream", 1)]
    [InlineData("pair-stream", 4)]
    [InlineData("tcp", 1)]
    [InlineData("tcp", 4)]
    [InlineData("pipes", 1, 3)]
    public void AnswersTakeWhatBothSidesSay(string kind, int pipeline, int warmUp = 0)
    {
        _capture = CaptureSession.Start(new CaptureOptions());
        using Exchange exchange = new($"{kind} answer=5000 count=100 write_gap=1000 pipeline={pipeline} warm_up={warmUp}");
        Dictionary<string, Times> truth = exchange.Finish();
        AssertSame(truth["client"], Turnaround(Operation.Read, Operation.Receive));
        AssertSame(truth["server"], Turnaround(Operation.Write, Operation.Send));
    }

    /// <summary>Calls of both sides end at the same moment, thousands of times: none of the answers came before it could.</summary>
    [Theory]
    [InlineData("unix-stream")]
    [InlineData("tcp")]
    public void NoAnswerComesBeforeItIsGiven(string kind)
    {
        _capture = CaptureSession.Start(new CaptureOptions());
        using Exchange exchange = new($"{kind} answer=100 count=10000 write_gap=50 pipeline=1");
        Dictionary<string, Times> truth = exchange.Finish();
        AssertNoneBefore(truth["client"], Turnaround(Operation.Read, Operation.Receive));
        AssertNoneBefore(truth["server"], Turnaround(Operation.Write, Operation.Send));

        static void AssertNoneBefore(Times truth, Times seen) =>
            Assert.True(seen.Bucket(1e-9) >= truth.Bucket(1e-9) - 1, $"\ntruth    {truth}\nobserved {seen}");
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("unix-stream")]
    [InlineData("tcp")]
    public void NothingAnswersInAOneWayStream(string kind)
    {
        _capture = CaptureSession.Start(new CaptureOptions());
        using Exchange exchange = new($"{kind} count=300");
        exchange.Finish();
        Assert.Equal(0UL, Turnaround(Operation.Read, Operation.Receive, Operation.Write, Operation.Send).Count);
    }

    public void Dispose() => _capture?.Dispose();

    private void AssertDelivery(Exchange exchange, ulong mayMiss = 0) => AssertSame(exchange.Finish()["delivery"], Sum(
        series => series.Process.Key.Pid != exchange.Pid, static counters => counters.DeliveryTime * 1024.0, static counters => counters.Delivery), mayMiss);

    private static void AssertSame(Times truth, Times seen, ulong mayMiss = 0)
    {
        Assert.True(truth.Count - seen.Count <= mayMiss
            && Math.Abs(seen.Mean - truth.Mean) <= Tolerance * truth.Mean
            && Math.Abs(seen.Bucket(0.5) - truth.Bucket(0.5)) <= 1
            && Math.Abs(seen.Bucket(0.99) - truth.Bucket(0.99)) <= 1, $"\ntruth    {truth}\nobserved {seen}");
    }

    private Times Turnaround(params Operation[] operations) => Sum(
        series => operations.Contains(series.Operation), static counters => counters.TurnaroundNs, static counters => counters.Turnaround);

    private Times Sum(Func<SeriesSample, bool> wanted, Func<FlowCounters, double> time, Func<FlowCounters, DurationBuckets> histogram)
    {
        _capture!.Drain();
        SeriesSample[] buffer = [];
        int count = _capture.Flows.CopySeries(ref buffer);
        ulong[] buckets = new ulong[DurationBuckets.Count];
        double nanoseconds = 0;
        foreach (SeriesSample series in buffer.Take(count).Where(series => IsOurs(series) && wanted(series)))
        {
            nanoseconds += time(series.Counters);
            DurationBuckets own = histogram(series.Counters);
            for (int i = 0; i < buckets.Length; i++)
            {
                buckets[i] += own[i];
            }
        }
        return new Times(nanoseconds, buckets);
    }

    // Full channels were opened before the test began to look, but by a process of its own.
    private bool IsOurs(in SeriesSample series) => series.Process.Key.StartTime >= _since && series.Process.Name == Exchange.Name[..15];
}
