using System.Globalization;
using Ipcscope.Decode;
using Ipcscope.KernelTests.Programs.Strace;

namespace Ipcscope.KernelTests.Programs;

/// <summary>
/// What the processes of a PostgreSQL server share: the segment that keeps a second server out, the buffers, dynamic memory of
/// parallel queries, semaphores (futexes in the shared memory), and latches (signals, some of them taken by signalfd, and eventfds
/// or pipes). strace is with the server from its start to its end.
/// </summary>
[Collection(nameof(ProgramCaptures))]
public sealed class PostgresMemoryTests(ProgramCaptures captures)
{
    private const ulong Interlock = 56; // sizeof(PGShmemHeader)
    private const int Workers = 2;

    [Theory]
    [InlineData("mmap", "posix", Mechanism.Shm)]
    [InlineData("mmap", "sysv", Mechanism.SysvShm)]
    [InlineData("sysv", "mmap", Mechanism.FileMap)]
    public void StraceSawTheSame(string shared, string dynamic, Mechanism queries)
    {
        using Scene scene = new(captures);
        scene.Serve(Postgres.Start(scene, command => StraceLog.Command(scene.File("log"), command),
            $"--shared_memory_type={shared}", $"--dynamic_shared_memory_type={dynamic}"));
        (string id, ulong size) = SegmentOf(File.ReadLines(scene.File("data/postmaster.pid")).First());
        Assert.True(shared == "sysv" ? size > Interlock : size == Interlock, $"the segment has {size} bytes");
        Query(scene);
        Insert(scene);
        StraceLog log = scene.AssertAsStraceSaw(scene.File("log"));
        foreach (Sight sight in scene.Look())
        {
            foreach ((string call, Operation operation) in (ReadOnlySpan<(string, Operation)>)
                [("shmget", Operation.Get), ("shmat", Operation.Attach), ("shmdt", Operation.Detach), ("shmctl", Operation.Control)])
            {
                sight.Same($"{operation} of System V memory", Total(sight, log, Mechanism.SysvShm, operation), $"{call} in strace -c", log.Calls(call));
            }
            // The leader and its workers map what the query needs.
            Operation map = queries == Mechanism.SysvShm ? Operation.Attach : Operation.Map;
            sight.AtLeast($"{queries} {map}", Total(sight, log, queries, map), "the leader and its workers", Workers + 1);
        }
        Assert.Contains(scene.Channels(), entry => entry.Mechanism == Mechanism.SysvShm && entry.Channel == ulong.Parse(id));
    }

    // With each statement in a process of its own, whatever it costs.
    private static void Query(Scene scene) => scene.Run([
        .. Postgres.Client(scene, "psql"), "-X", "-q", "-c",
        $"""
        CREATE TABLE numbers AS SELECT generate_series(1, 5000) AS n;
        SET max_parallel_workers_per_gather = {Workers};
        SET parallel_setup_cost = 0;
        SET parallel_tuple_cost = 0;
        SET min_parallel_table_scan_size = 0;
        SELECT sum(n) FROM numbers;
        """, "postgres",
    ]);

    // Sessions wait for each other: semaphores and latches.
    private static void Insert(Scene scene)
    {
        File.WriteAllText(scene.File("insert.sql"), "INSERT INTO numbers VALUES (1);\n");
        scene.Run([.. Postgres.Client(scene, "pgbench"), "-n", "-c", "4", "-t", "25", "-f", scene.File("insert.sql"), "postgres"]);
    }

    // Those of the server alone: initdb is a server, too.
    private static ulong Total(Sight sight, StraceLog log, Mechanism mechanism, Operation operation) => Tally.Sum(sight.Entries
        .Where(entry => log.Pids.Contains(entry.Pid) && entry.Mechanism == mechanism && entry.Operation == operation)
        .Select(entry => entry.Tally)).Operations;

    // The segment that a process has made: key, shmid, perms, size, cpid, proc_sysvipc(5).
    private static (string Id, ulong Size) SegmentOf(string creator) => File.ReadLines("/proc/sysvipc/shm").Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(cells => cells[4] == creator)
        .Select(cells => (cells[1], ulong.Parse(cells[3], CultureInfo.InvariantCulture)))
        .First();
}
