using Ipcscope.Cli;
using Ipcscope.Cli.Bench;

return HeldProcess.IsWanted(args) ? HeldProcess.Run() : BenchProcess.IsWanted(args) ? BenchProcess.Run(args)
    : SelfTestProcess.IsWanted(args) ? SelfTestProcess.Run(args) : CommandLine.Run(args, new Seams());
