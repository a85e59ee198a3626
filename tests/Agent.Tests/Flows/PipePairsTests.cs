using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Flows;

public sealed class PipePairsTests
{
    [Theory]
    [InlineData("1>2@10 2<1 2>1@20 1<2", "1>2 2>1")]
    [InlineData("1>2@20 2<1 2>1@10 1<2", "2>1 1>2")] // who wrote first asks
    [InlineData("1>2@10 2<1", "")]
    [InlineData("1>2@10 2<1 2>3@20 3<2", "")]
    [InlineData("1>2@10 2<1 2>1@20", "")] // nobody reads the answers yet
    [InlineData("1>2@10 2<1 2>1@20 1<2 2>1b@30 1<2b", "")] // which one answers?
    [InlineData("1>1@10 1<1", "")]
    public void ArePipesThatTwoProcessesHaveForThemselves(string flows, string expected) =>
        Assert.Equal(expected, string.Join(' ', PipePairs.Find(flows.Split(' ').Select(Parse)).SelectMany(pair => new[] { Name(pair.Requests), Name(pair.Answers) })));

    // 1>2b@10: process 1 writes to the second pipe to process 2, at first at 10; 2<1b: process 2 reads from it.
    private static (FlowKey, ulong) Parse(string flow)
    {
        bool writes = flow[1] == '>';
        (char from, char to) = writes ? (flow[0], flow[2]) : (flow[2], flow[0]);
        ulong inode = ((ulong)(from - '0') * 10) + (ulong)(to - '0') + (flow.Contains('b', StringComparison.Ordinal) ? 100u : 0);
        ulong first = flow.Split('@') is [_, string at] ? ulong.Parse(at, null) : 0;
        return (new FlowKey(new ProcessKey(1, (uint)(flow[0] - '0'), 0), new ChannelKey(inode, 1, 0), Mechanism.Pipe, writes ? Operation.Write : Operation.Read), first);
    }

    private static string Name(ChannelKey pipe) => $"{pipe.Inode / 10}>{pipe.Inode % 10}";
}
