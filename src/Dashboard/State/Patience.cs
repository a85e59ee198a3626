namespace Ipcscope.Dashboard.State;

/// <summary>How long silence is borne.</summary>
/// <param name="Stale">After so long what an agent told is shown as old.</param>
/// <param name="Gone">After so long it is not shown any more.</param>
internal sealed record Patience(TimeSpan Stale, TimeSpan Gone);
