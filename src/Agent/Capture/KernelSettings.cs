using Ipcscope.Decode;

namespace Ipcscope.Capture;

/// <summary>From options to what the kernel programs read.</summary>
internal static class KernelSettings
{
    /// <summary>The settings for a capture.</summary>
    internal static ProbeSettings From(CaptureOptions options)
    {
        KernelFilter filter = options.Filter;
        ProbeSettings settings = new()
        {
            Count = options.CountInKernel ? 1u : 0,
            EmitOperations = options.OnOperation is not null || !options.CountInKernel ? 1u : 0,
            PrivateFutexes = options.PrivateFutexes ? 1u : 0,
            Hierarchy = Hierarchies.OfContainers(),
            Queues = options.CountInKernel && options.Delivery ? 1u : 0,
            Filter = new FilterSettings
            {
                ByProcess = filter.OnlyWatched || filter.Pids.Count > 0 ? 1u : 0,
                FollowChildren = filter.FollowChildren ? 1u : 0,
                Comms = (uint)filter.Names.Count,
                Mechanisms = Mask(filter.Mechanisms.Select(mechanism => (int)mechanism)),
                Operations = Mask(filter.Operations.Select(operation => (int)operation)),
                ErrorsOnly = filter.ErrorsOnly ? 1u : 0,
                MinimumDuration = filter.MinimumDurationNs,
            },
        };
        for (int i = 0; i < filter.Names.Count; i++)
        {
            settings.Filter.Comm[i].Set(filter.Names[i]);
        }
        return settings;
    }

    private static uint Mask(IEnumerable<int> bits)
    {
        uint mask = bits.Aggregate(0u, (sum, bit) => sum | (1u << bit));
        return mask == 0 ? ~0u : mask;
    }
}
