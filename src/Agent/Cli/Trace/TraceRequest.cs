namespace Ipcscope.Cli;

/// <summary>What <c>trace</c> was asked for.</summary>
/// <param name="Plan">What is looked at, and who decides it.</param>
/// <param name="Pids">Processes that were named.</param>
/// <param name="Pace">When it ends.</param>
/// <param name="Format">How lines look.</param>
/// <param name="Color">Colours.</param>
/// <param name="File">Where lines go; null: where the terminal is.</param>
/// <param name="Command">The command to start, as bytes; null: none.</param>
internal sealed record TraceRequest(
    CapturePlan Plan, IReadOnlyList<uint> Pids, Pace Pace, OutputFormat Format, ColorMode Color, string? File, IReadOnlyList<byte[]>? Command);
