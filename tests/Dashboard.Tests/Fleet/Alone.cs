namespace Ipcscope.Dashboard.Tests.Fleet;

/// <summary>Tests that measure this process: no other runs meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
