using System.Numerics;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Flows;

public sealed class OperationBookTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    [InlineData(4096, 12)]
    [InlineData(4097, 13)]
    [InlineData(1UL << 25, 25)]
    [InlineData(1UL << 40, 25)]
    public void SizesFallIntoPowersOfTwo(ulong bytes, int bucket) => Assert.Equal(bucket, OperationBook.SizeBucket(bytes));

    [Fact]
    public void DurationsFallIntoPowersOfTwoOfASecond()
    {
        Random random = new(1);
        for (int i = 0; i < 100_000; i++)
        {
            ulong ns = (ulong)random.NextInt64() >> random.Next(20, 64);
            Assert.Equal((ns, Expected(ns)), (ns, OperationBook.DurationBucket(ns)));
        }
    }

    [Theory]
    [InlineData(59, 0)]
    [InlineData(60, 1)]
    [InlineData(119, 1)]
    [InlineData(120, 2)]
    [InlineData(500_000_000, 23)]
    [InlineData(500_000_001, 24)]
    [InlineData(1_000_000_000, 24)]
    [InlineData(1_000_000_001, 25)]
    [InlineData(ulong.MaxValue, 31)]
    public void BoundsBelongToTheLowerBucket(ulong ns, int bucket) => Assert.Equal(bucket, OperationBook.DurationBucket(ns));

    [Fact]
    public void WouldBlockIsNoOperation()
    {
        FlowCounters counters = default;
        OperationBook.Count(ref counters, Record(-11));
        OperationBook.Count(ref counters, Record(-115));
        Assert.Equal((2UL, 0UL, 0UL), (counters.WouldBlock, counters.Operations(), counters.Timed()));
    }

    [Fact]
    public void ErrorsAndInterruptedCallsAreOperationsWithoutBytes()
    {
        FlowCounters counters = default;
        OperationBook.Count(ref counters, Record(-32));
        OperationBook.Count(ref counters, Record(-4, OperationMarks.Interrupted));
        Assert.Equal((2UL, 1UL, 1UL, 0UL, 2UL), (counters.Operations(), counters.Errors, counters.Interrupted, counters.Bytes, counters.Timed()));
    }

    [Fact]
    public void OnlyWhatMovesDataCountsBytesAndEverythingHasASize()
    {
        Operation[] moving = [Operation.Read, Operation.Write, Operation.Send, Operation.Receive, Operation.Sync];
        foreach (Operation operation in Enum.GetValues<Operation>())
        {
            FlowCounters counters = default;
            OperationBook.Count(ref counters, Record(100, operation: operation));
            Assert.Equal(
                (operation, 1UL, moving.Contains(operation) ? 100UL : 0UL, 1UL),
                (operation, counters.Operations(), counters.Bytes, counters.Size[OperationBook.SizeBucket(100)]));
        }
    }

    [Fact]
    public void TheDurationOfACallThatSleptIsAWait()
    {
        FlowCounters counters = default;
        OperationBook.Count(ref counters, Record(10));
        OperationBook.Count(ref counters, Record(10, OperationMarks.Waited));
        OperationBook.Count(ref counters, Record(-32, OperationMarks.Waited));
        OperationBook.Count(ref counters, Record(-11, OperationMarks.Waited));
        OperationBook.Count(ref counters, Record(10, OperationMarks.Waited | OperationMarks.Continued));
        OperationBook.Count(ref counters, Record(10, OperationMarks.Waited | OperationMarks.Untimed));
        Assert.Equal((1500UL, 1000UL), (counters.DurationNs, counters.WaitNs));
    }

    [Fact]
    public void WhatHasNoDurationIsNotUntimed()
    {
        FlowCounters counters = default;
        OperationBook.Count(ref counters, Record(0, OperationMarks.Unmeasured));
        Assert.Equal((1UL, 0UL, 0UL, 0UL), (counters.Operations(), counters.Timed(), counters.Untimed, counters.DurationNs));
    }

    [Fact]
    public void FurtherMessagesOfACallHaveNoDurationOfTheirOwn()
    {
        FlowCounters counters = default;
        OperationBook.Count(ref counters, Record(10));
        OperationBook.Count(ref counters, Record(10, OperationMarks.Continued));
        OperationBook.Count(ref counters, Record(10, OperationMarks.Untimed));
        Assert.Equal((3UL, 30UL, 1UL, 1UL), (counters.Operations(), counters.Bytes, counters.Timed(), counters.Untimed));
    }

    private static int Expected(ulong ns)
    {
        for (int i = 0; i < DurationBuckets.Count - 1; i++)
        {
            if (new BigInteger(ns) << DurationBuckets.Shift <= new BigInteger(1_000_000_000) << i)
            {
                return i;
            }
        }
        return DurationBuckets.Count - 1;
    }

    private static OperationRecord Record(
        long result, OperationMarks marks = OperationMarks.None, Operation operation = Operation.Receive) => new()
        {
            Flow = new FlowKey(default, default, Mechanism.Unix, operation),
            Begin = 1000,
            Duration = 500,
            Result = result,
            Flags = marks,
        };
}
