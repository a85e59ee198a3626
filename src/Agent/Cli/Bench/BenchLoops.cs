using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ipcscope.Cli.Bench;

/// <summary>The loops that are measured. Nothing is allocated inside; the clock is read through the vDSO.</summary>
/// <param name="channel">The mechanism.</param>
/// <param name="isFirst">Which of the two processes this is.</param>
internal sealed unsafe class BenchLoops(IBenchChannel channel, bool isFirst)
{
    /// <summary>Samples that are kept, and round trips of one order at most.</summary>
    public const int MaximumSamples = 1 << 17;

    private readonly byte* _message = BenchMemory.AllocateMessage(BenchFigure.LargestSize);
    private readonly long* _oneWay = (long*)NativeMemory.AllocZeroed(MaximumSamples, sizeof(long));
    private readonly long* _roundTrip = (long*)NativeMemory.AllocZeroed(MaximumSamples, sizeof(long));

    /// <summary>Does what is asked for.</summary>
    /// <exception cref="BenchException">The system refuses.</exception>
    public BenchAnswer Do(BenchOrder order)
    {
        channel.Begin(order.Size, order.Work == BenchWork.Stream);
        return (order.Work, isFirst) switch
        {
            (BenchWork.RoundTrips, true) => Call(order.Size, (int)order.Count),
            (BenchWork.RoundTrips, false) => Reply(order.Size, (int)order.Count),
            (_, true) => Send(order.Size, order.Count),
            _ => Receive(order.Size, order.Count),
        };
    }

    // On Linux, ticks of Stopwatch are nanoseconds of CLOCK_MONOTONIC.
    private static long Now() => Stopwatch.GetTimestamp();

    private BenchAnswer Call(int size, int count)
    {
        long start = Now();
        for (int i = 0; i < count; i++)
        {
            long sent = Now();
            *(long*)_message = sent;
            channel.Send(_message, size);
            channel.Receive(_message, size);
            long received = Now();
            _oneWay[i] = received - *(long*)_message;
            _roundTrip[i] = received - sent;
        }
        return new BenchAnswer
        {
            Elapsed = Now() - start,
            OneWay = BenchPercentiles.Of(new Span<long>(_oneWay, count)),
            RoundTrip = BenchPercentiles.Of(new Span<long>(_roundTrip, count)),
        };
    }

    private BenchAnswer Reply(int size, int count)
    {
        for (int i = 0; i < count; i++)
        {
            channel.Receive(_message, size);
            *(long*)_message = Now();
            channel.Send(_message, size);
        }
        return default;
    }

    private BenchAnswer Send(int size, long count)
    {
        long start = Now();
        for (long i = 0; i < count; i++)
        {
            channel.Send(_message, size);
        }
        return new BenchAnswer { Time = start };
    }

    private BenchAnswer Receive(int size, long count)
    {
        for (long i = 0; i < count; i++)
        {
            channel.Receive(_message, size);
        }
        return new BenchAnswer { Time = Now() };
    }
}
