using Ipcscope.Capture;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Tests.Export;

namespace Ipcscope.Tests.Cli;

public sealed class PeerEndsTests : IDisposable
{
    private static readonly ChannelKey Pipe = new(5, 14, 0);
    private readonly FakeClock _clock = new();
    private readonly List<Descriptor> _descriptors = [];
    private readonly FakeEnds _source;
    private readonly PeerEnds _ends;

    public PeerEndsTests()
    {
        _source = new FakeEnds(_descriptors);
        _ends = new PeerEnds(_source, _clock) { Flows = new FakeFlows() };
    }

    public void Dispose() => _source.Dispose();

    private static ProcessKey Key(uint pid) => new(pid, pid, 0);

    private string Written(uint pid) => _ends.Of(new FlowKey(Key(pid), Pipe, Mechanism.Pipe, Operation.Write));

    private string Read(uint pid) => _ends.Of(new FlowKey(Key(pid), Pipe, Mechanism.Pipe, Operation.Read));

    private void Hold(uint pid, string name, bool readable, bool writable) => _descriptors.Add(new Descriptor
    {
        Process = Key(pid),
        Name = name,
        Fd = 3,
        Readable = readable,
        Writable = writable,
        Key = Pipe,
        Info = new ChannelInfo { Mechanism = Mechanism.Pipe },
    });

    [Fact]
    public void The_other_end_is_who_can_take_what_is_written_and_give_what_is_read()
    {
        Hold(77, "sh", readable: false, writable: true);
        Hold(78, "gzip", readable: true, writable: false);
        Assert.Equal(("gzip[78]", "sh[77]"), (Written(77), Read(78)));
    }

    [Fact]
    public void A_process_is_its_own_peer_only_if_nobody_else_is()
    {
        Hold(77, "loop", readable: true, writable: true);
        Assert.Equal("loop[77]", Written(77));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Hold(78, "other", readable: true, writable: true);
        Assert.Equal("other[78]", Written(77));
    }

    [Fact]
    public void Many_are_counted()
    {
        Hold(77, "make", readable: true, writable: false);
        for (uint pid = 80; pid < 85; pid++)
        {
            Hold(pid, "cc", readable: false, writable: true);
        }
        Assert.Equal("cc[80] cc[81] +3", Read(77));
    }

    [Fact]
    public void Who_was_there_last_is_remembered()
    {
        Hold(77, "sh", readable: false, writable: true);
        Hold(78, "gzip", readable: true, writable: false);
        Assert.Equal("sh[77]", Read(78));
        _descriptors.RemoveAt(0);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("sh[77]", Read(78));
    }
}
