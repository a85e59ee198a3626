using System.CommandLine;
using Ipcscope.Capture;
using Ipcscope.Config;

namespace Ipcscope.Cli;

/// <summary><c>ipcscope doctor</c>: can it run here? Does what runs count right?</summary>
internal static class DoctorCommand
{
    private const string Notes = """
        --live asks the agent that runs here; --self-test makes 20,000 operations by each of six mechanisms and compares with what it counts, or with a capture of its own where no
        agent answers. Exit status: 0 if all is well (warnings or not), 3 if this kernel lacks something, 4 if something is not permitted, 1 if anything else failed.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Build(Seams seams)
    {
        Option<OutputFormat> format = FormatOption.Create();
        Option<bool> live = OptionKinds.Switch("--live", [], "what the running agent saw, counted and lost at each stage");
        Option<bool> selfTest = OptionKinds.Switch("--self-test", [], "whether a known number of operations is counted, each of them");
        var config = new Option<string?>("--config") { Description = "the agent's settings", HelpName = "FILE" };
        Option<ListenAddress?> address = Address();
        var tokenFile = new Option<string?>("--token-file") { Description = "the token that it wants; else as configured", HelpName = "FILE" };
        var ca = new Option<string?>("--ca") { Description = "it speaks TLS: authorities of its certificate", HelpName = "FILE" };
        var command = new Command("doctor", "Says whether it can run here: loads every program for real, and tells what each lack costs. Says whether what runs is exact.")
        {
            live, selfTest, address, tokenFile, ca, config, format,
        };
        Help.AddTo(command, "doctor [--live|--self-test] [--address HOST:PORT] [--token-file FILE] [--ca FILE] [--config FILE] [-o json]", [
            ("sudo ipcscope doctor", "before the first use, and in a report of a defect"),
            ("ipcscope doctor --live", "was anything lost, where, and is it still being lost?"),
            ("sudo ipcscope doctor --self-test", "is every operation counted?"),
        ], Notes);
        command.SetAction(parsed =>
        {
            var styles = Styles.For(parsed.GetValue(GlobalOptions.Color), seams.Out.Fd);
            bool json = parsed.GetValue(format) == OutputFormat.Json;
            (bool asksAgent, bool tests) = (parsed.GetValue(live), parsed.GetValue(selfTest));
            if (asksAgent && tests)
            {
                throw new CommandException(ExitStatus.Usage, "--live and --self-test are two questions: ask one after the other");
            }
            AgentOptions options = ConfigFile.Load(parsed.GetValue(config));
            if (!asksAgent && !tests)
            {
                return Run(options.Aggregation.Attachment, seams, json, styles);
            }
            options = parsed.GetValue(address) is { } given ? options with { Metrics = options.Metrics with { Listen = given } } : options;
            AccessOptions access = options.Metrics.Access;
            var agent = new AgentPort(
                options.Metrics.Listen, access with { TokenFile = parsed.GetValue(tokenFile) ?? access.TokenFile }, parsed.GetValue(ca) ?? "");
            return tests ? new SelfTestRun(options, agent, seams).Run(json, styles) : new LiveRun(agent, seams).Run(json, styles);
        });
        return command;
    }

    private static Option<ListenAddress?> Address() => new("--address")
    {
        Description = "where it serves /metrics; else as configured",
        HelpName = "HOST:PORT",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (ListenAddress.TryParse(text, out ListenAddress? address))
            {
                return address;
            }
            result.AddError($"--address: found {OptionKinds.Quote(text)}; allowed: an address and a port, as 127.0.0.1:9464, [::1]:9464 or localhost:9464");
            return null;
        },
    };

    private static int Run(Attachment attachment, Seams seams, bool json, Styles styles)
    {
        int status = ExitStatus.Success;
        foreach (Func<Finding> check in seams.MachineChecks(attachment).Concat(new CaptureChecks(attachment, seams).All))
        {
            Finding finding = Progress.Show(seams.Error, "loading the eBPF programs", check);
            // What was found first is the cause of what follows.
            status = status == ExitStatus.Success ? finding.Status : status;
            seams.Out.WriteLines(json ? [DoctorReport.Object(finding)] : DoctorReport.Lines(finding, seams.Out.Size.Columns, styles));
        }
        seams.Error.WriteLine(status == ExitStatus.Success ? "ipcscope can run here" : "ipcscope cannot run here");
        return status;
    }
}
