using Ipcscope.Config;
using Ipcscope.Dashboard;
using Ipcscope.Dashboard.Config;

CommandLine line = CommandLine.Read(args, out List<string> faults);
if (line.Help)
{
    await Console.Out.WriteAsync(CommandLine.Usage);
    return ExitStatus.Success;
}
if (line.Version)
{
    await Console.Out.WriteLineAsync($"ipcscope-dashboard {typeof(Server).Assembly.GetName().Version?.ToString(3)}");
    return ExitStatus.Success;
}
ConfigResult<DashboardOptions> read = line.Load();
foreach (string fault in faults.Concat(read.Faults.Select(static fault => fault.ToString())))
{
    await Console.Error.WriteLineAsync($"ipcscope-dashboard: {fault}");
}
return faults.Count > 0 || read.Options is not { } options ? ExitStatus.Usage : await Run.UntilStoppedAsync(options, line.Check);
