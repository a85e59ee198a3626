namespace Ipcscope.Dashboard.State;

/// <summary>A channel, process, node, edge or finding as it is served.</summary>
/// <param name="Json">Its object, in UTF-8, with the agent's name in it and before every id.</param>
/// <param name="Rates">What it is sorted and summed up by.</param>
internal sealed record Item(byte[] Json, Rates Rates);
