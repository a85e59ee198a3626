namespace Ipcscope.KernelTests.Product;

/// <summary>Tests of the binary as users have it. Some of them are about time, so nothing else runs beside them.</summary>
[CollectionDefinition(nameof(ProductGroup), DisableParallelization = true)]
public sealed class ProductGroup;
