using System.CommandLine;

namespace Ipcscope.Cli;

/// <summary><c>ipcscope doctor</c>: can it run here?</summary>
internal static class DoctorCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Build(Seams seams)
    {
        Option<OutputFormat> format = FormatOption.Create();
        var command = new Command("doctor", "Says whether it can run here: loads every program for real, and tells what each lack costs.") { format };
        Help.AddTo(command, "doctor [-o json]", [
            ("sudo ipcscope doctor", "before the first use, and in a report of a defect"),
            ("sudo ipcscope doctor -o json | jq -r 'select(.state != \"ok\") | .check'", "what is not as it should be"),
            ("kubectl exec ds/ipcscope -- ipcscope doctor", "in a container"),
        ], "Exit status: 0 if it can run (warnings or not), 3 if this kernel lacks something, 4 if something is not permitted, 1 if anything else failed.");
        command.SetAction(parsed =>
        {
            var styles = Styles.For(parsed.GetValue(GlobalOptions.Color), seams.Out.Fd);
            return Run(seams, parsed.GetValue(format), styles);
        });
        return command;
    }

    private static int Run(Seams seams, OutputFormat format, Styles styles)
    {
        int status = ExitStatus.Success;
        foreach (Func<Finding> check in seams.MachineChecks.Concat(new CaptureChecks(seams).All))
        {
            Finding finding = Progress.Show(seams.Error, "loading the eBPF programs", check);
            // What was found first is the cause of what follows.
            status = status == ExitStatus.Success ? finding.Status : status;
            seams.Out.WriteLines(format == OutputFormat.Json ? [DoctorReport.Object(finding)] : DoctorReport.Lines(finding, seams.Out.Size.Columns, styles));
        }
        seams.Error.WriteLine(status == ExitStatus.Success ? "ipcscope can run here" : "ipcscope cannot run here");
        return status;
    }
}
