using System.Text.Json.Nodes;
using Ipcscope.ChartTests.Live;

namespace Ipcscope.ChartTests.Contract;

/// <summary>An API server that pods can reach, as its service account is mounted into them.</summary>
internal sealed class ApiServer : IDisposable
{
    /// <summary>The host's end of every pod's cable.</summary>
    private const string Address = "10.213.77.1";

    private readonly string _folder;
    private readonly Background _process;

    /// <param name="folder">Where it keeps what it knows.</param>
    internal ApiServer(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(ServiceAccount);
        Tool.Run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=api",
            "-addext", $"subjectAltName=IP:{Address}", "-keyout", $"{folder}/key.pem", "-out", $"{ServiceAccount}/ca.crt"]).AssertWell();
        File.WriteAllText($"{folder}/certificate.pem", File.ReadAllText($"{folder}/key.pem") + File.ReadAllText($"{ServiceAccount}/ca.crt"));
        Says("", "0", [], []);
        _process = new("python3", Repository.Path("tests/Chart.Tests/Contract/api_server.py"), folder);
        _process.Await(() => File.Exists($"{folder}/port") && new FileInfo($"{folder}/port").Length > 0);
    }

    /// <summary>What a kubelet mounts at /var/run/secrets/kubernetes.io/serviceaccount.</summary>
    internal string ServiceAccount => $"{_folder}/serviceaccount";

    /// <summary>What it was asked, a line each: status, path and query.</summary>
    internal string[] Asked => File.Exists($"{_folder}/asked") ? File.ReadAllLines($"{_folder}/asked") : [];

    /// <summary>The variables that a kubelet sets.</summary>
    internal KeyValue[] Variables =>
    [
        new() { Key = "KUBERNETES_SERVICE_HOST", Value = Address },
        new() { Key = "KUBERNETES_SERVICE_PORT", Value = File.ReadAllText($"{_folder}/port") },
    ];

    /// <summary>From now on it answers so.</summary>
    /// <param name="token">Who may ask.</param>
    /// <param name="version">Of a list.</param>
    /// <param name="pods">What a list has.</param>
    /// <param name="said">What watches from a version say; null ends one.</param>
    internal void Says(string token, string version, JsonNode[] pods, Dictionary<string, JsonNode?[]> said)
    {
        var state = new JsonObject
        {
            ["token"] = token,
            ["version"] = version,
            ["pods"] = new JsonArray([.. pods.Select(pod => pod.DeepClone())]),
            ["said"] = new JsonObject(said.Select(each => KeyValuePair.Create<string, JsonNode?>(each.Key, new JsonArray([.. each.Value.Select(line => line?.DeepClone())])))),
        };
        File.WriteAllText($"{_folder}/state.new", state.ToJsonString());
        File.Move($"{_folder}/state.new", $"{_folder}/state.json", overwrite: true);
    }

    /// <summary>A pod of a Deployment, as the API server tells of it.</summary>
    internal static JsonObject Pod(Pod pod, string name, string container, string version) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = "shop",
            ["uid"] = pod.Uid,
            ["resourceVersion"] = version,
            ["labels"] = new JsonObject { ["pod-template-hash"] = "7d9f8b6c5" },
            ["ownerReferences"] = new JsonArray(new JsonObject { ["kind"] = "ReplicaSet", ["name"] = $"{name.Split('-')[0]}-7d9f8b6c5", ["controller"] = true }),
        },
        ["status"] = new JsonObject { ["containerStatuses"] = new JsonArray(new JsonObject { ["name"] = container, ["containerID"] = $"containerd://{pod.Container}" }) },
    };

    public void Dispose() => _process.Dispose();
}
