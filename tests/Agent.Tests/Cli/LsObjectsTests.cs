using Ipcscope.Cli;
using Ipcscope.Tests.Objects;

namespace Ipcscope.Tests.Cli;

public sealed class LsObjectsTests
{
    private static Typed Ls(params string[] arguments) => Typed.Run(
        new Seams
        {
            OpenObjects = () => new FakeObjects(() => [FakeObjects.Queue, FakeObjects.Set, FakeObjects.Segment, FakeObjects.Memory]),
            Time = new FakeClock { Utc = FakeObjects.Noon },
        },
        ["ls", "objects", .. arguments]);

    [Fact]
    public void One_table_has_every_kind_and_no_command_for_the_terminal() => Assert.Equal(
        [
            "KIND       NAME                OWNER       MODE  FILL                                 USERS                    AGE  STATE   PLACE",
            "mq         /orders             root        0644  10/10 msgs, 4 KiB of 80 KiB          shop[77]           ≥ 3.0 min",
            "sysv_sem   32768 (0x52030b01)  4000000000  0600  values 1 0 5 … 40 in all, 2 waiting                       ≥ 2.0 d",
            "sysv_shm   5                   root        0600  1 MiB, 64 KiB resident                                    ≥ 5.0 h  orphan  ipc:[4026532201]",
            "shm memfd  memfd:a?[31m        root        0777  8 KiB, 4 KiB resident                shop[77] till[78]      1.0 s",
        ],
        Ls().OutputLines.Select(line => line.Replace('\uFFFD', '?').Replace('\u241B', '?')));

    [Fact]
    public void Wide_tells_who_and_when() => Assert.EndsWith("               2              10.0 s  981", Ls("-o", "wide", "-m", "sysv_sem").OutputLines[1], StringComparison.Ordinal);

    [Theory]
    [InlineData("-c till", 1)]
    [InlineData("-c shop", 2)]
    [InlineData("-c shop,till -m shm", 1)]
    [InlineData("-m mq,sysv_shm", 2)]
    [InlineData("--orphans", 1)]
    [InlineData("--orphans -m mq", 0)]
    public void Only_what_is_asked_for_is_shown(string arguments, int rows) => Assert.Equal(rows, Ls(arguments.Split(' ')).OutputLines.Length - 1);

    [Fact]
    public void Users_are_told_by_their_pids() =>
        Assert.Equal([FakeObjects.Memory], new[] { FakeObjects.Queue, FakeObjects.Memory }.Where(o => LsObjects.Matches(o, new() { Pids = [78] }, orphans: false, Ipcscope.Enrich.Places.OfIds)));

    [Fact]
    public void Channels_are_no_orphans()
    {
        Typed typed = Typed.Run("ls", "channels", "--orphans");
        Assert.Equal((ExitStatus.Usage, "ipcscope: --orphans is for ls objects (see ipcscope ls --help)\n"), (typed.Status, typed.Error));
    }

    [Fact]
    public void Json_has_base_units_and_leaves_out_what_does_not_apply() => Assert.Equal(
        [
            """{"schema":1,"object":"/orders","mechanism":"mq","kind":"mq","inode":7,"owner":"root","uid":0,"mode":"0644","messages":10,"messages_limit":10,"bytes":4096,"bytes_limit":81920,"exists_since":"2026-01-01T11:57:00Z","last_used":"2026-01-01T11:57:00Z","state":"none","place":"","users":[{"process":"shop","pid":77,"descriptors":1,"mapped_bytes":0}]}""",
            """{"schema":1,"object":"32768","mechanism":"sysv_sem","kind":"sysv_sem","id":32768,"key":1375931137,"owner":"4000000000","uid":4000000000,"mode":"0600","waiters":2,"semaphores":40,"values":[1,0,5],"exists_since":"2025-12-30T12:00:00Z","last_used":"2026-01-01T11:59:50Z","state":"none","place":"","last_pids":[981],"users":[]}""",
            """{"schema":1,"object":"5","mechanism":"sysv_shm","kind":"sysv_shm","id":5,"key":0,"inode":5,"owner":"root","uid":0,"mode":"0600","size_bytes":1048576,"resident_bytes":65536,"attachments":0,"exists_since":"2026-01-01T07:00:00Z","state":"orphan","place":"ipc:[4026532201]","creator_pid":12,"last_pids":[0],"users":[]}""",
            """{"schema":1,"object":"memfd:a\u001b[31m","mechanism":"shm","kind":"shm memfd","inode":9,"owner":"root","uid":0,"mode":"0777","size_bytes":8192,"resident_bytes":4096,"created":"2026-01-01T11:59:59Z","state":"none","place":"","users":[{"process":"shop","pid":77,"descriptors":1,"mapped_bytes":8192},{"process":"till","pid":78,"descriptors":0,"mapped_bytes":8192}]}""",
        ],
        Ls("-o", "json").OutputLines.Select(line => line.Replace("\\u001B", "\\u001b", StringComparison.Ordinal)));
}
