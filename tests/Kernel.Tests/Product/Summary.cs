namespace Ipcscope.KernelTests.Product;

/// <summary>The last line of every capture on standard error.</summary>
internal static class Summary
{
    internal const string Pattern = @"^[0-9,]+ operations? in [0-9.]+ (ms|s), [0-9,]+ lost.*, [0-9.]+ % of one CPU, detached in [0-9.]+ (ns|µs|ms)$";
}
