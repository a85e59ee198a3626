using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>Whether something is asked for.</summary>
/// <param name="process">Who.</param>
/// <param name="channel">Through what; null where all channels of a process are summed up.</param>
/// <param name="mechanism">By which mechanism.</param>
/// <param name="operation">Doing what.</param>
internal delegate bool TopFilter(Process process, Channel? channel, Mechanism mechanism, Operation operation);
