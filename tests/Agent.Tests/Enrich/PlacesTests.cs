using Ipcscope.Enrich;
using Ipcscope.Tests.Cli;
using Ipcscope.Tests.Export;

namespace Ipcscope.Tests.Enrich;

public sealed class PlacesTests
{
    private const string Uid = "1b2c3d4e-0000-1111-2222-333344445555";
    private static readonly string Id = new('a', 64);
    private static readonly string Next = new('b', 64);
    private readonly FakeClock _clock = new();

    private PodTable Table { get; }

    public PlacesTests() => Table = new PodTable(_clock);

    private static Cgroup Cgroup(string id) => new($"/kubepods/burstable/pod{Uid}/{id}");

    private static Pod Web(params (string Id, string Name)[] containers) =>
        new(Uid, "web-5d9c-x7k2p", "shop", "web", containers.ToDictionary(each => each.Id, each => each.Name));

    private string Tell(Cgroup cgroup)
    {
        Place place = new Places(Table).Of(cgroup);
        return $"{place.Namespace}/{place.Workload}/{place.Pod}/{place.Container}";
    }

    [Fact]
    public void Without_names_ids_stand_for_them() => Assert.Equal($"//{Uid}/aaaaaaaaaaaa", Tell(Cgroup(Id)));

    [Fact]
    public void On_the_host_all_is_empty() => Assert.Equal("///", Tell(new Cgroup("/system.slice/nginx.service")));

    [Fact]
    public void Names_that_come_in_parts_are_taken_as_they_come()
    {
        Cgroup cgroup = Cgroup(Id);
        Assert.Equal($"//{Uid}/aaaaaaaaaaaa", Tell(cgroup));
        Table.Set(Web());
        Assert.Equal("shop/web/web-5d9c-x7k2p/aaaaaaaaaaaa", Tell(cgroup));
        Table.Set(Web((Id, "nginx")));
        Assert.Equal("shop/web/web-5d9c-x7k2p/nginx", Tell(cgroup));
    }

    [Fact]
    public void A_container_tells_its_pod_where_the_path_does_not()
    {
        Table.Set(Web((Id, "nginx")));
        Assert.Equal("shop/web/web-5d9c-x7k2p/nginx", Tell(new Cgroup($"/system.slice/docker-{Id}.scope")));
    }

    [Fact]
    public void What_was_deleted_is_remembered_for_sixty_seconds()
    {
        Table.Set(Web((Id, "nginx")));
        Table.Set(Web((Next, "nginx"))); // it has crashed, and was started again
        _clock.Advance(TimeSpan.FromSeconds(30));
        Table.Remove(Uid);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("shop/web/web-5d9c-x7k2p/nginx", Tell(Cgroup(Id)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("shop/web/web-5d9c-x7k2p/nginx", Tell(Cgroup(Next)));
        Assert.Equal("shop/web/web-5d9c-x7k2p/aaaaaaaaaaaa", Tell(Cgroup(Id)));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal($"//{Uid}/bbbbbbbbbbbb", Tell(Cgroup(Next)));
        Assert.Equal(0, Table.Count);
    }

    [Fact]
    public void A_list_takes_away_who_is_not_on_it()
    {
        Table.Set(Web((Id, "nginx")));
        Table.Replace([]);
        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal($"//{Uid}/aaaaaaaaaaaa", Tell(Cgroup(Id)));
    }

    [Fact]
    public void A_name_that_was_known_stays()
    {
        Cgroup cgroup = Cgroup(Id);
        Table.Set(Web((Id, "nginx")));
        Assert.Equal("shop/web/web-5d9c-x7k2p/nginx", Tell(cgroup));
        Table.Remove(Uid);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Table.Replace([]);
        Assert.Equal("shop/web/web-5d9c-x7k2p/nginx", Tell(cgroup));
    }
}
