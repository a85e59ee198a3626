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
        HashSet<string> before = [.. Segments().Select(segment => segment.Id)];
        scene.Serve(Postgres.Start(scene, command => StraceLog.Command(scene.File("log"), command),
            $"--shared_memory_type={shared}", $"--dynamic_shared_memory_type={dynamic}"));
        (string id, ulong size) = Segments().First(segment => !before.Contains(segment.Id));
        Assert.True(shared == "sysv" ? size > Interlock : size == Interlock, $"the segment has {size} bytes");
        Query(scene);
        Insert(scene);
        StraceLog log = scene.AssertAsStraceSaw(scene.File("log"));
        foreach (Sight sight in scene.Look())
        {
            foreach ((string call, Operation operation) in (ReadOnlySpan<(string, Operation)>)
                [("shmget", Operation.Get), ("shmat", Operation.Attach), ("shmdt", Operation.Detach), ("shmctl", Operation.Control)])
            {
                sight.Same($"{operation} of System V memory", sight.Total("postgres", Mechanism.SysvShm, operation).Operations,
                    $"{call} in strace -c", log.Calls(call));
            }
            // The leader and its workers map what the query needs.
            Operation map = queries == Mechanism.SysvShm ? Operation.Attach : Operation.Map;
            sight.AtLeast($"{queries} {map}", sight.Total("postgres", queries, map).Operations, "the leader and its workers", Workers + 1);
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

    // key, shmid, perms, size, proc_sysvipc(5)
    private static IEnumerable<(string Id, ulong Size)> Segments() => File.ReadLines("/proc/sysvipc/shm").Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(cells => (cells[1], ulong.Parse(cells[3], CultureInfo.InvariantCulture)));
}
