namespace Ipcscope.Config;

/// <summary>The settings, or everything that is wrong with them.</summary>
/// <typeparam name="TOptions">The settings of a program.</typeparam>
/// <param name="Options">The settings; null if there are faults.</param>
/// <param name="Faults">All faults, those of the file in its order before those of the environment; empty if there are settings.</param>
public sealed record ConfigResult<TOptions>(TOptions? Options, IReadOnlyList<ConfigFault> Faults)
    where TOptions : class;
