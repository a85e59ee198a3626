using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Enrich;

namespace Ipcscope.Tests.Enrich;

public sealed class CgroupTests
{
    private const string Id = "3f4e5d6c7b8a99887766554433221100ffeeddccbbaa99887766554433221100";
    private const string Outer = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string Uid = "1b2c3d4e-0000-1111-2222-333344445555";
    private const string Underscored = "1b2c3d4e_0000_1111_2222_333344445555";
    private const string Hash = "0123456789abcdef0123456789abcdef";

    /// <summary>Every runtime with either driver: path, container, pod.</summary>
    public static TheoryData<string, string, string> Paths => new()
    {
        { "/", "", "" },
        { "/user.slice/user-0.slice/session-1.scope", "", "" },
        { "/system.slice/nginx.service", "", "" },
        { "/build/3f4e5d6c7b8a", "", "" },
        // docker: cgroupfs, systemd, with a parent of one's own
        { $"/docker/{Id}", Id, "" },
        { $"/system.slice/docker-{Id}.scope", Id, "" },
        { $"/batch/{Id}", Id, "" },
        { $"/system.slice/docker-{Id}.scope/system.slice/nginx.service", Id, "" },
        // containerd under Kubernetes: systemd, cgroupfs, and both mixed up
        { $"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{Underscored}.slice/cri-containerd-{Id}.scope", Id, Uid },
        { $"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{Underscored}.slice/cri-containerd-{Id}.scope/init", Id, Uid },
        { $"/kubepods.slice/kubepods-pod{Underscored}.slice/cri-containerd-{Id}.scope", Id, Uid },
        { $"/kubepods/burstable/pod{Uid}/{Id}", Id, Uid },
        { $"/kubepods/pod{Uid}/{Id}", Id, Uid },
        { $"/system.slice/containerd.service/kubepods-burstable-pod{Underscored}.slice:cri-containerd:{Id}", Id, Uid },
        // containerd by itself (nerdctl)
        { $"/default/{Id}", Id, "" },
        { $"/system.slice/nerdctl-{Id}.scope", Id, "" },
        // CRI-O: systemd, cgroupfs; its monitor is in no container
        { $"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{Underscored}.slice/crio-{Id}.scope/container", Id, Uid },
        { $"/kubepods/besteffort/pod{Uid}/crio-{Id}", Id, Uid },
        { $"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{Underscored}.slice/crio-conmon-{Id}.scope", "", Uid },
        // podman: systemd, as a user, cgroupfs; its monitor
        { $"/machine.slice/libpod-{Id}.scope/container", Id, "" },
        { $"/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-{Id}.scope", Id, "" },
        { $"/libpod_parent/libpod-{Id}/ctr", Id, "" },
        { $"/machine.slice/libpod-conmon-{Id}.scope", "", "" },
        // a cluster in a container (kind), docker in a pod: the innermost one
        { $"/docker/{Outer}/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod{Underscored}.slice/cri-containerd-{Id}.scope", Id, Uid },
        { $"/kubepods/burstable/pod{Uid}/{Outer}/docker/{Id}", Id, Uid },
        // static pods are known by a hash; the pod's own cgroup
        { $"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{Hash}.slice/cri-containerd-{Id}.scope", Id, Hash },
        { $"/kubepods/burstable/pod{Hash}", "", Hash },
        // as a reader in another cgroup namespace sees it
        { $"/../../pod{Uid}/{Id}", Id, Uid },
        // not quite: too long, upper case, a word that ends so
        { $"/docker/{Id}0", "", "" },
        { "/docker/3F4E5D6C7B8A99887766554433221100FFEEDDCCBBAA99887766554433221100", "", "" },
        { $"/tripod{Uid}/x", "", "" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void The_path_says_which_container_and_pod(string path, string container, string pod)
    {
        var cgroup = new Cgroup(path);
        Assert.Equal((container, pod), (cgroup.ContainerId, cgroup.PodUid));
    }

    [Theory]
    [InlineData("0::/user.slice", CgroupHierarchy.Unified)]
    [InlineData("4:memory:/a\n8:pids:/\n0::/", CgroupHierarchy.Memory)]
    [InlineData("5:cpu,cpuacct:/\n8:pids:/x\n0::/", CgroupHierarchy.Pids)]
    [InlineData("1:name=systemd:/\n0::/init.scope", CgroupHierarchy.Unified)]
    public void Containers_are_told_apart_by_the_controllers_hierarchy(string lines, CgroupHierarchy expected) =>
        Assert.Equal(expected, Hierarchies.OfContainers(lines.Split('\n')));

    [Fact]
    public void The_kernel_tells_names_from_the_leaf_upwards()
    {
        CgroupInfo info = default;
        ReadOnlySpan<byte> names = "scope\0slice\0top\0"u8;
        names.CopyTo(info.Names);
        info.Length = (uint)names.Length;
        Assert.Equal("/top/slice/scope", CgroupTable.PathOf(info));
        info.Length = 0;
        Assert.Equal("/", CgroupTable.PathOf(info));
    }

    [Fact]
    public void A_process_that_has_gone_is_nowhere_known() => Assert.Same(Cgroup.Unknown, Cgroups.Of(0, 4194303));
}
