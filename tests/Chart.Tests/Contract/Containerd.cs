using System.Net.Sockets;
using Grpc.Net.Client;
using Ipcscope.ChartTests.Image;
using Ipcscope.ChartTests.Live;

namespace Ipcscope.ChartTests.Contract;

/// <summary>A containerd of our own, with a folder, a socket and a network of its own, and the images that the pods need.</summary>
internal sealed class Containerd : IDisposable
{
    internal const string Agent = "localhost/ipcscope:0.1.0";
    internal const string Dashboard = "localhost/ipcscope-dashboard:0.1.0";
    internal const string Busybox = "localhost/busybox:test";

    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-containerd").FullName;
    private readonly Background _daemon;
    private readonly GrpcChannel _channel;

    internal Containerd()
    {
        Directory.CreateDirectory($"{_folder}/cni");
        // A network of its own for every pod: one end of a cable. Nothing is routed.
        File.WriteAllText($"{_folder}/cni/10-alone.conflist", $$"""
            { "cniVersion": "0.4.0", "name": "alone", "plugins": [ { "type": "ptp", "ipMasq": false,
              "ipam": { "type": "host-local", "subnet": "10.213.77.0/24", "dataDir": "{{_folder}}/addresses" } } ] }
            """);
        File.WriteAllText($"{_folder}/config.toml", $"""
            version = 2
            root = "{_folder}/root"
            state = "{_folder}/state"
            disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs"]
            [grpc]
            address = "{Socket}"
            [plugins."io.containerd.grpc.v1.cri"]
            sandbox_image = "{Busybox}"
            # A container may not give itself a better score than this machine lets anybody.
            restrict_oom_score_adj = true
            [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "/usr/lib/cni"
            conf_dir = "{_folder}/cni"
            [plugins."io.containerd.grpc.v1.cri".containerd]
            snapshotter = "native"
            """);
        _daemon = new("containerd", "--config", $"{_folder}/config.toml", "--log-level", "warn");
        _daemon.Await(() => File.Exists(Socket) && Tool.Run(["ctr", "--address", Socket, "version"]).Status == 0);
        using (var image = new BuiltImage())
        {
            Import(image.Archive);
        }
        using (var image = new BuiltDashboardImage())
        {
            Import(image.Archive);
        }
        Import(BusyboxImage.Archive(_folder));
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancellation) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            },
        });
        Runtime = new RuntimeService.RuntimeServiceClient(_channel);
    }

    internal RuntimeService.RuntimeServiceClient Runtime { get; }

    internal string Folder => _folder;

    internal string Socket => $"{_folder}/containerd.sock";

    public void Dispose()
    {
        _channel.Dispose();
        _daemon.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Import(string archive) =>
        Tool.Run(["ctr", "--address", Socket, "--namespace", "k8s.io", "images", "import", "--snapshotter", "native", archive]).AssertWell();
}
