using System.Text.Json;
using Ipcscope.KernelTests.Product;
using Ipcscope.Tests.Api;

namespace Ipcscope.KernelTests.Api;

/// <summary>Asks an agent's API.</summary>
internal sealed class ApiClient(RunningAgent agent) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{agent.ApiPort}"), Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>A page.</summary>
    internal JsonElement Read(string path) => JsonDocument.Parse(_http.GetStringAsync(new Uri(path, UriKind.Relative)).GetAwaiter().GetResult()).RootElement;

    /// <summary>The items of a page.</summary>
    internal JsonElement[] Items(string path) => [.. Read(path).GetProperty("items").EnumerateArray()];

    /// <summary>Events of a page.</summary>
    internal SseReader Open(string path) => new(_http.GetStreamAsync(new Uri(path, UriKind.Relative)).GetAwaiter().GetResult());

    public void Dispose() => _http.Dispose();
}
