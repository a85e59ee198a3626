using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>Takes the lines of operations.</summary>
internal interface ILineSink
{
    /// <summary>Adds the line of an operation.</summary>
    void Append(ITraceFormat format, in OperationRecord record, Channel? channel, string peer);
}
