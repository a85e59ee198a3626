using Ipcscope.Decode;
using Ipcscope.KernelTests.Objects;
using Ipcscope.KernelTests.Product;
using Ipcscope.Objects;
using Ipcscope.Volume;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ipcscope.KernelTests.Volume;

[Collection(nameof(ObjectSight))]
public sealed class LookTests(ObjectSight sight)
{
    private const int Pages = 2048; // 8 MiB
    private const string Name = "ipcscope-volume";
    private static readonly ulong Page = (ulong)Environment.SystemPageSize;

    [Fact]
    public void Exactly_what_was_touched_between_is_seen()
    {
        using Toucher toucher = new(Name, Pages);
        using Mappers mappers = new();
        Dictionary<ulong, ChannelKey> mappings = mappers.Read()[toucher.Pid];
        ChannelKey memory = sight.The(Mechanism.Shm, $"memfd:{Name}").Memory!.Value;
        Look look = new(toucher.Pid);
        foreach ((int first, int count) in new[] { (0, Pages), (0, Pages - 1), (1, Pages - 1), (0, Pages - 1000), (100, 1), (0, 0) })
        {
            look.Clear();
            if (count > 0)
            {
                toucher.Touch(first, count);
            }
            Assert.Equal((ulong)count * Page, look.Read(mappings)[memory]);
        }
    }

    [Fact]
    public void Memory_that_nobody_uses_is_seen_to_be_idle_and_a_process_that_ends_is_passed_over()
    {
        VolumeEstimates estimates = new();
        using VolumeSampler sampler = new(estimates, NullLogger.Instance);
        using Toucher toucher = new(Name, Pages);
        using (Toucher gone = new(Name + "-gone", 1))
        {
        }
        IpcObject memory = sight.The(Mechanism.Shm, $"memfd:{Name}");
        Assert.Equal(0UL, Eventually.Get(() => estimates.TouchedOf(memory), touched => touched is not null, TimeSpan.FromMinutes(2)));
        Assert.InRange(estimates.Looks, 1, 120);
    }

    [Fact]
    public void Who_is_gone_cannot_be_looked_at()
    {
        Look look;
        using (Toucher toucher = new(Name, 1))
        {
            look = new Look(toucher.Pid);
            look.Clear();
        }
        Assert.ThrowsAny<IOException>(look.Clear);
        Assert.ThrowsAny<IOException>(() => look.Read(new Dictionary<ulong, ChannelKey>()));
    }
}
