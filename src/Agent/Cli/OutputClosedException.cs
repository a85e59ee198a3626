namespace Ipcscope.Cli;

/// <summary>Nobody reads the output any more, as after <c>| head</c>: no error, the command just ends.</summary>
internal sealed class OutputClosedException() : Exception("the output is closed");
