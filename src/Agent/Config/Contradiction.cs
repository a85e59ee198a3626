namespace Ipcscope.Config;

/// <summary>Settings that cannot be together.</summary>
/// <param name="Keys">Those which contradict each other, the one to change first.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record Contradiction(string[] Keys, string Message);
