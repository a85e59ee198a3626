using System.Net;
using System.Text.Json;
using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.Agents;

/// <summary>Listens to one agent, and comes again when it goes.</summary>
/// <param name="address">Where it is.</param>
/// <param name="http">Asks it.</param>
/// <param name="fleet">Is told.</param>
/// <param name="log">Hears of changes.</param>
/// <param name="filter">What to listen to; empty: everything.</param>
internal sealed partial class AgentLink(AgentAddress address, AgentHttp http, Fleet fleet, ILogger log, string filter)
{
    private const int LongestMessage = 64 << 20;
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>What is known of it.</summary>
    public AgentState State { get; } = fleet.Add(address.ToString());

    /// <summary>Asks it something else.</summary>
    public Task<HttpResponseMessage> GetAsync(string pathAndQuery, CancellationToken cancellation) => http.GetAsync(address, pathAndQuery, cancellation);

    /// <summary>Goes on until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var rest = new Backoff();
        string told = "";
        while (!cancellation.IsCancellationRequested)
        {
            string error;
            try
            {
                error = await ListenAsync(rest, cancellation);
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException or InvalidDataException or InvalidOperationException or OperationCanceledException)
            {
                error = Explain(fault);
            }
            if (cancellation.IsCancellationRequested)
            {
                break;
            }
            fleet.Fail(State, error);
            if (error != told)
            {
                LogLost(log, State.Name, address, error);
                told = error;
            }
            await Task.Delay(rest.Next(), cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        fleet.Remove(State);
    }

    private async Task<string> ListenAsync(Backoff rest, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Answer);
        using HttpResponseMessage response = await http.GetAsync(address, PathOf(filter), patience.Token);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return Refusal(response.StatusCode);
        }
        Stream stream = await response.Content.ReadAsStreamAsync(patience.Token);
        var events = new EventReader(stream, LongestMessage);
        while (true)
        {
            patience.CancelAfter(Silence);
            if (!await events.ReadAsync(patience.Token))
            {
                return "it ended the connection";
            }
            if (events.Name is "snapshot" or "delta")
            {
                fleet.Apply(State, events.Data.Span, events.Name == "snapshot");
                if (events.Name == "snapshot")
                {
                    LogFound(log, State.Name, address);
                }
                rest.Reset();
            }
        }
    }

    private static string PathOf(string filter) => filter.Length == 0 ? "/api/v1/stream" : $"/api/v1/stream{QueryString.Create("filter", filter)}";

    private static string Refusal(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => "it wants another token: set agentTokenFile to a file with the agents' token",
        HttpStatusCode.NotFound => "there is no API at this address: is it the agent's api.listen, and not its metrics.listen?",
        HttpStatusCode.MisdirectedRequest => "it answers only to the names of its own machine: give its api.listen another address, with a token",
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => "it has too many viewers",
        _ => $"it answers with status {(int)status}",
    };

    private string Explain(Exception fault) => fault switch
    {
        OperationCanceledException => "it does not answer",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => $"its certificate is not trusted: {Innermost(fault)} (see agentTls)",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => $"it cannot be reached: {Innermost(fault)}",
        JsonException or InvalidDataException or InvalidOperationException => $"its message is not understood: {fault.Message}",
        // Who wants a certificate and sees none says so only by going.
        _ => $"the connection broke: {Innermost(fault)}{(address.Secure ? " (does it want a certificate? see agentTls)" : "")}",
    };

    private static string Innermost(Exception fault) => fault.GetBaseException().Message.TrimEnd('.');

    [LoggerMessage(1, LogLevel.Information, "{Agent} at {Address} is live")]
    private static partial void LogFound(ILogger log, string agent, AgentAddress address);

    [LoggerMessage(2, LogLevel.Warning, "{Agent} at {Address}: {Error}")]
    private static partial void LogLost(ILogger log, string agent, AgentAddress address, string error);
}
