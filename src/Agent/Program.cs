using Ipcscope.Cli;

return HeldProcess.IsWanted(args) ? HeldProcess.Run() : CommandLine.Run(args, new Seams());
