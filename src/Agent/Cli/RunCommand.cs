using System.CommandLine;
using System.Text;
using Ipcscope.Config;
using Ipcscope.Privileges;

namespace Ipcscope.Cli;

/// <summary><c>ipcscope run</c>: the daemon.</summary>
internal static class RunCommand
{
    private const string Notes = """
        /livez answers while it lives, /readyz once every program is attached. SIGHUP reads the configuration again: a faulty one leaves the old settings at
        work. SIGTERM and Ctrl-C detach and end it within a second. Environment variables override keys: IPCSCOPE_METRICS_LISTEN=127.0.0.1:9465.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Build(Seams seams)
    {
        var config = new Option<string?>("--config") { Description = "settings (YAML); every key has a default", HelpName = "FILE" };
        Option<bool> check = OptionKinds.Switch("--check", [], "say what is wrong with the settings, or print those in force, and end");
        var command = new Command("run", "Observes all the time and serves what it sees at /metrics for Prometheus.") { config, check };
        Help.AddTo(command, "run [--config FILE] [--check]", [
            ("sudo ipcscope run", "metrics at http://127.0.0.1:9464/metrics"),
            ("sudo ipcscope run --config /etc/ipcscope.yaml", "with settings"),
            ("ipcscope run --config /etc/ipcscope.yaml --check", "are they right? status 0 or 2"),
        ], Notes);
        command.SetAction(async (parsed, cancellation) =>
        {
            string? path = parsed.GetValue(config);
            AgentOptions options = ConfigFile.Load(path);
            _ = Daemon.Plan(options);
            _ = Daemon.OpenAccess(options);
            if (parsed.GetValue(check))
            {
                seams.Out.Write(Encoding.UTF8.GetBytes(EffectiveSettings.ToYaml(options)));
                await seams.Error.WriteLineAsync($"ipcscope: {path ?? "the environment"}: nothing is wrong".AsMemory(), cancellation);
                return ExitStatus.Success;
            }
            LoadingThread.Begin(Need.Kept(options));
            return await new DaemonLoop(path, seams).RunAsync(options);
        });
        return command;
    }
}
