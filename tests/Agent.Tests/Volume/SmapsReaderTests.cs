using System.Text;
using Ipcscope.Decode;
using Ipcscope.Volume;

namespace Ipcscope.Tests.Volume;

public sealed class SmapsReaderTests
{
    private static readonly ChannelKey One = new(1033, 1, 7);
    private static readonly ChannelKey Two = new(5, (254 << 20) | 3, 0);

    private static string Mapping(string header, int referenced) =>
        $"{header}\nSize: 65536 kB\nRss: 65536 kB\nReferenced:  {referenced,9} kB\nAnonymous: 12 kB\nVmFlags: rd wr sh mr mw me ms\n";

    private static IReadOnlyDictionary<ChannelKey, ulong> Read(string smaps, Dictionary<ulong, ChannelKey> wanted) =>
        new SmapsReader(wanted).Read(new MemoryStream(Encoding.UTF8.GetBytes(smaps)));

    [Fact]
    public void Mappings_of_one_memory_are_added_up_and_others_left_out()
    {
        IReadOnlyDictionary<ChannelKey, ulong> read = Read(
            Mapping("5617d56a8000-5617d56ac000 r--p 00000000 fe:00 247607                     /usr/bin/grep", 16)
            + Mapping("7f0000000000-7f0004000000 rw-s 00000000 00:01 1033                       /memfd:a b (deleted)", 65536)
            + Mapping("7f0100000000-7f0104000000 r--s 00001000 00:01 1033                       /memfd:a b (deleted)", 4)
            + Mapping("a0000000-a0001000 rw-s 00000000 fe:03 5 /dev/shm/x", 0),
            new() { [0x7f0000000000] = One, [0x7f0100000000] = One, [0xa0000000] = Two });
        Assert.Equal([(One, 65540UL * 1024), (Two, 0UL)], read.Select(pair => (pair.Key, pair.Value)).OrderByDescending(pair => pair.Value));
    }

    [Theory]
    [InlineData("7f0000000000-7f0004000000 rw-p 00000000 00:01 1033 /memfd:a")]
    [InlineData("7f0000000000-7f0004000000 rw-s 00000000 00:02 1033 /memfd:a")]
    [InlineData("7f0000000000-7f0004000000 rw-s 00000000 00:01 1034 /memfd:a")]
    [InlineData("7f0000001000-7f0004000000 rw-s 00000000 00:01 1033 /memfd:a")]
    [InlineData("7f0000000000-7f0004000000 rw-p 00000000 00:00 0 ")]
    public void What_lies_there_by_now_is_not_taken_for_what_did(string header) => Assert.Empty(Read(Mapping(header, 8), new() { [0x7f0000000000] = One }));

    [Fact]
    public void A_file_larger_than_the_buffer_is_read_to_its_end()
    {
        StringBuilder smaps = new();
        Dictionary<ulong, ChannelKey> wanted = [];
        for (ulong i = 1; i <= 5000; i++)
        {
            wanted[i << 12] = One;
            smaps.Append(Mapping($"{i << 12:x8}-{(i + 1) << 12:x8} rw-s 00000000 00:01 1033 /memfd:x", 4));
        }
        Assert.Equal(5000UL * 4096, Read(smaps.ToString(), wanted)[One]);
    }
}
