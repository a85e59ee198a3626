using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Ipcscope.Dashboard.Agents;

namespace Ipcscope.Dashboard.History;

/// <summary>Asks a Prometheus for ranges (its HTTP API, query_range).</summary>
/// <param name="address">Its URL, with a slash at the end.</param>
/// <param name="token">What it wants to see.</param>
internal sealed class Prometheus(Uri address, Func<string?> token) : IDisposable
{
    private const int LongestAnswer = 16 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(3) });

    /// <summary>Asks.</summary>
    /// <exception cref="HttpRequestException">It cannot be asked; the message says why.</exception>
    public async Task<List<Series>> AskAsync(string query, Question question, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        string range = string.Create(
            CultureInfo.InvariantCulture,
            $"api/v1/query_range?query={Uri.EscapeDataString(query)}&start={Seconds(question.From)}&end={Seconds(question.To)}&step={question.Step.TotalSeconds}");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, range));
        if (token() is { } bearer)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, patience.Token);
            byte[] body = await Body.ReadAsync(response, LongestAnswer, patience.Token);
            return response.StatusCode == HttpStatusCode.OK ? Read(body) : throw new HttpRequestException($"it answers with status {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException("it does not answer");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or InvalidDataException)
        {
            throw new HttpRequestException($"its answer is not understood: {fault.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private static List<Series> Read(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        List<Series> all = [];
        foreach (JsonElement result in json.RootElement.GetProperty("data").GetProperty("result").EnumerateArray())
        {
            var labels = result.GetProperty("metric").EnumerateObject().ToDictionary(static label => label.Name, static label => label.Value.GetString() ?? "");
            all.Add(new(labels, [.. result.GetProperty("values").EnumerateArray().Select(static point => (point[0].GetDouble(), Value(point[1].GetString()!)))]));
        }
        return all;
    }

    private static double Value(string text) => text switch
    {
        "NaN" => double.NaN,
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
