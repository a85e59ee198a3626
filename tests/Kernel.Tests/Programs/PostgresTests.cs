using Ipcscope.Decode;
using Ipcscope.KernelTests.Programs.Strace;

namespace Ipcscope.KernelTests.Programs;

/// <summary>
/// PostgreSQL and pgbench over the server's unix socket. pgbench reads each answer to its end (ReadyForQuery) before it goes on,
/// and takes leave with a message of its own (Terminate), which the backend waits for: nothing is lost on the way.
/// </summary>
[Collection(nameof(ProgramCaptures))]
public sealed class PostgresTests(ProgramCaptures captures)
{
    private const int Clients = 4;
    private const int Transactions = 50;
    private const int Statements = 7; // of the built-in TPC-B-like script: BEGIN, three UPDATEs, SELECT, INSERT, END

    [Fact]
    public void BothEndsAndStraceCountTheSame()
    {
        using Scene scene = new(captures);
        scene.Serve(Postgres.Start(scene));
        scene.Run([.. PgBench(scene), "--initialize", "--quiet", "postgres"]);
        scene.Run(Load(scene));
        scene.Run(StraceLog.Command(scene.File("log"), Load(scene)));
        scene.AssertAsStraceSaw(scene.File("log"));
        foreach (Sight sight in scene.Look())
        {
            sight.Conserves(Mechanism.Unix, "pgbench", "postgres");
            const ulong statements = 2 * Clients * Transactions * Statements;
            foreach (string name in (ReadOnlySpan<string>)["pgbench", "postgres"])
            {
                Tally sends = sight.Total(name, Mechanism.Unix, Operation.Send);
                sight.AtLeast($"sends of {name}", sends.Operations, "statements and answers", statements);
            }
        }
    }

    private static string[] PgBench(Scene scene) => Postgres.Client(scene, "pgbench");

    private static string[] Load(Scene scene) =>
        [.. PgBench(scene), "-n", "-c", $"{Clients}", "-j", "2", "-t", $"{Transactions}", "postgres"];
}
