using System.Runtime.InteropServices;
using Ipcscope.Waits;

namespace Ipcscope.Tests.Waits;

public sealed class PollTests
{
    private static readonly string Poll = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "73" : "271";
    private static readonly string Epoll = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "22" : "281";

    [Fact]
    public void AnArrayTellsDescriptorsAndWhatFor()
    {
        byte[] records =
        [
            3, 0, 0, 0, 0x1, 0, 0, 0,
            0xff, 0xff, 0xff, 0xff, 0x1, 0, 0, 0, // left out
            4, 1, 0, 0, 0x5, 0, 0x4, 0,
            5, 0, 0, 0, 0x8, 0, 0, 0, // errors only
        ];
        Assert.Equal([new PolledDescriptor(3, true, false), new PolledDescriptor(260, true, true)], PollSets.Array(records));
    }

    [Fact]
    public void BitsTellDescriptorsAndWhatFor() =>
        Assert.Equal([new PolledDescriptor(1, true, false), new PolledDescriptor(9, true, true), new PolledDescriptor(10, false, true)], PollSets.Bits([0b10, 0b10], [0, 0b110]));

    [Fact]
    public void AnEpollDescriptorTellsWhatItIsAbout() => Assert.Equal(
        [new PolledDescriptor(4, true, true), new PolledDescriptor(11, false, true)],
        PollSets.Epoll(["pos:\t0", "flags:\t02000002", "tfd:        4 events: 8000001d data:                4  pos:0 ino:6ef3ee sdev:9", "tfd:       11 events:       4 data: 0  pos:0 ino:1 sdev:9", "tfd: 12 events: 18 data: 0"]));

    [Theory]
    [InlineData("0x3e8", true)]
    [InlineData("0x0", false)]
    public void APollMayHaveATimeLimit(string limit, bool has)
    {
        var call = PollCall.Parse($"{Poll} 0x7f4c43b4c760 0x2 {limit} 0x0 0x8 0x0 0x7f4c4434e6e8 0x7f4c43d1a26f", "poll_schedule_timeout.constprop.0");
        Assert.Equal((PollSet.Array, 0x7f4c43b4c760ul, 2ul, has), (call.Set, call.Arguments[0], call.Arguments[1], call.HasTimeLimit));
    }

    [Theory]
    [InlineData("0xffffffff", false)]
    [InlineData("0xffffffffffffffff", false)]
    [InlineData("0x3e8", true)]
    public void MillisecondsLessThanNoneAreForEver(string limit, bool has)
    {
        var call = PollCall.Parse($"{Epoll} 0x5 0x7f4c34000ba0 0x3ff {limit} 0x0 0x8 0x7f4c42d57bc0 0x7f4c43d26f36", "do_epoll_wait");
        Assert.Equal((PollSet.Epoll, 5ul, has), (call.Set, call.Arguments[0], call.HasTimeLimit));
    }

    [Theory]
    [InlineData("running", "0")]
    [InlineData("271 0x7f4c43b4c760 0x2 0x0 0x0 0x8 0x0 0x7f4c4434e6e8 0x7f4c43d1a26f", "hrtimer_nanosleep")] // another call of a 32-bit program
    [InlineData("0 0x5 0x7f4c34000ba0 0x3ff 0x0 0x0 0x8 0x7f4c42d57bc0 0x7f4c43d26f36", "do_epoll_wait")]
    [InlineData("", "")]
    public void AnythingElseIsNone(string line, string place) => Assert.Equal(PollSet.None, PollCall.Parse(line, place).Set);
}
