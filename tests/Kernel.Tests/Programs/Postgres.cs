namespace Ipcscope.KernelTests.Programs;

/// <summary>A PostgreSQL server in a scene's folder, and its clients.</summary>
internal static class Postgres
{
    private static readonly string[] AsPostgres = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"];

    // The newest of those that are installed.
    private static readonly string Programs = Directory.GetDirectories("/usr/lib/postgresql")
        .OrderBy(folder => int.Parse(Path.GetFileName(folder))).Last() + "/bin";

    /// <summary>Makes a cluster and starts its server.</summary>
    /// <param name="scene">Where.</param>
    /// <param name="wrap">Gives the command under which another runs.</param>
    /// <param name="settings">Further options of the server.</param>
    internal static Server Start(Scene scene, Func<string[], string[]>? wrap = null, params string[] settings)
    {
        scene.Run("chown", "postgres:postgres", scene.Folder); // it refuses to run as root
        string data = scene.File("data");
        scene.Run([.. AsPostgres, $"{Programs}/initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "--no-locale"]);
        string[] command =
        [
            .. AsPostgres, $"{Programs}/postgres", "-D", data,
            "--listen_addresses=", "--fsync=off", "--autovacuum=off", "--shared_buffers=16MB", "--huge_pages=off",
            $"--unix_socket_directories={scene.Folder}", .. settings,
        ];
        return new Server(scene.Folder, wrap?.Invoke(command) ?? command)
        {
            Ready = ($"{data}/postmaster.pid", "ready"),
            PidFile = $"{data}/postmaster.pid",
            Signal = Server.Terminate, // smart shutdown: it lets backends read to the end
        };
    }

    /// <summary>The command line of pgbench or psql, up to its own options.</summary>
    internal static string[] Client(Scene scene, string program) => [$"{Programs}/{program}", "-h", scene.Folder, "-U", "postgres"];
}
