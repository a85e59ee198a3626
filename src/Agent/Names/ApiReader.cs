using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Ipcscope.Enrich;

namespace Ipcscope.Names;

/// <summary>Lists the pods of this node, and watches them from there (kubernetes.io, "Efficient detection of changes").</summary>
/// <param name="access">How the server is reached.</param>
/// <param name="node">Whose pods.</param>
/// <param name="time">Clock.</param>
internal sealed class ApiReader(ClusterAccess access, string node, TimeProvider time) : INameReader
{
    internal static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(30);

    /// <summary>How long a watch is asked to last. The server ends it then; one that does not is dead.</summary>
    internal static readonly TimeSpan WatchTime = TimeSpan.FromMinutes(5);

    private const int PageSize = 250;

    private string? _version; // null: it is to be listed

    /// <inheritdoc/>
    public string Source => $"the API server at {access.Server.Authority}";

    /// <inheritdoc/>
    public async Task ReadAsync(PodTable table, Action learned, CancellationToken cancellation)
    {
        using HttpClient client = access.Connect();
        while (true)
        {
            if (_version is null)
            {
                await ListAsync(client, table, cancellation);
                learned();
            }
            await WatchAsync(client, table, learned, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing between two readings.
    }

    private async Task ListAsync(HttpClient client, PodTable table, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(ListPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        List<Pod> pods = [];
        string next = "", version = "";
        do
        {
            string more = next.Length > 0 ? $"&continue={Uri.EscapeDataString(next)}" : "";
            using HttpResponseMessage response = await GetAsync(client, $"limit={PageSize}{more}", either.Token);
            await using Stream body = await response.Content.ReadAsStreamAsync(either.Token);
            PodList list = await JsonSerializer.DeserializeAsync(body, PodJson.Default.PodList, either.Token) ?? throw new InvalidDataException("the server has sent an empty list");
            pods.AddRange((list.Items ?? []).Select(PodObjects.Read).OfType<Pod>());
            next = list.Metadata?.Continue ?? "";
            version = list.Metadata?.ResourceVersion ?? "";
        }
        while (next.Length > 0);
        table.Replace(pods);
        _version = version;
    }

    private async Task WatchAsync(HttpClient client, PodTable table, Action learned, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(WatchTime + ListPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        long began = time.GetTimestamp();
        string query = $"watch=1&allowWatchBookmarks=true&timeoutSeconds={WatchTime.TotalSeconds:0}&resourceVersion={Uri.EscapeDataString(_version!)}";
        using HttpResponseMessage response = await GetAsync(client, query, either.Token);
        await using Stream body = await response.Content.ReadAsStreamAsync(either.Token);
        bool any = false;
        await foreach (byte[] line in WatchLines.ReadAsync(PipeReader.Create(body), either.Token))
        {
            WatchEvent change = JsonSerializer.Deserialize(line, PodJson.Default.WatchEvent) ?? throw new InvalidDataException("the server has sent an empty event");
            Take(change, table);
            any = true;
            learned();
        }
        if (!any && time.GetElapsedTime(began) < NameLoop.Shortest)
        {
            throw new IOException("the server ends watches as soon as they begin"); // it is asked again later
        }
    }

    private void Take(WatchEvent change, PodTable table)
    {
        if (change.Type == "ERROR")
        {
            StatusObject? status = change.Object.Deserialize(PodJson.Default.StatusObject);
            _version = null;
            throw new IOException($"the watch has failed: {status?.Code} {status?.Message}");
        }
        PodObject? pod = change.Object.Deserialize(PodJson.Default.PodObject);
        _version = pod?.Metadata?.ResourceVersion ?? _version;
        if (pod is null || change.Type == "BOOKMARK" || PodObjects.Read(pod) is not { } read)
        {
            return;
        }
        if (change.Type == "DELETED")
        {
            table.Remove(read.Uid);
        }
        else
        {
            table.Set(read);
        }
    }

    private async Task<HttpResponseMessage> GetAsync(HttpClient client, string query, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/pods?fieldSelector={Uri.EscapeDataString($"spec.nodeName={node}")}&{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.ReadToken());
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return response;
        }
        // What was asked for is too old: the server has forgotten it. Everything is listed anew.
        _version = response.StatusCode == HttpStatusCode.Gone ? null : _version;
        using (response)
        {
            throw new HttpRequestException($"{(int)response.StatusCode} {response.ReasonPhrase}");
        }
    }
}
