using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.Agents;

/// <summary>The agents that there are: those that are named, and all that a name resolves to, looked up again and again.</summary>
/// <param name="addresses">Those that are named.</param>
/// <param name="access">What they want to see.</param>
/// <param name="lookUp">How often names are looked up.</param>
/// <param name="fleet">Is told what they tell.</param>
/// <param name="log">Hears of changes.</param>
/// <param name="filter">What to listen to; empty: everything.</param>
internal sealed partial class AddressWatch(
    IReadOnlyList<AgentAddress> addresses, AgentAccess access, TimeSpan lookUp, Fleet fleet, ILogger log, string filter = "") : BackgroundService
{
    private readonly Dictionary<AgentAddress, Asked> _asked = [];
    private readonly Dictionary<AgentAddress, AgentHttp> _http = [];
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the agents are known for the first time.</summary>
    public Task Known => _known.Task;

    /// <summary>The link to an agent by its name; null: there is none.</summary>
    public AgentLink? Find(string name)
    {
        lock (_gate)
        {
            return _asked.Values.FirstOrDefault(asked => asked.Link.State.Name == name).Link;
        }
    }

    /// <summary>The links to all that are heard.</summary>
    public IReadOnlyList<AgentLink> Live()
    {
        lock (_gate)
        {
            return [.. _asked.Values.Select(static asked => asked.Link).Where(static link => link.State.State == LinkState.Live)];
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (AgentHttp http in _http.Values)
        {
            http.Dispose();
        }
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failed = new HashSet<AgentAddress>();
        var known = new Dictionary<AgentAddress, IReadOnlyList<AgentAddress>>();
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (AgentAddress address in addresses)
            {
                try
                {
                    known[address] = address.All ? await ResolveAsync(address, stoppingToken) : [address];
                    failed.Remove(address);
                }
                catch (SocketException fault)
                {
                    // Those who are known stay: a name server may be away for a while.
                    if (failed.Add(address))
                    {
                        LogUnresolved(log, address.Host, fault.Message);
                    }
                }
                catch (OperationCanceledException)
                {
                    break;
                }
            }
            await AskAsync(known, stoppingToken);
            _known.TrySetResult();
            await Task.Delay(lookUp, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        _known.TrySetResult();
        await AskAsync([], CancellationToken.None);
    }

    private static async Task<IReadOnlyList<AgentAddress>> ResolveAsync(AgentAddress address, CancellationToken cancellation)
    {
        IPAddress[] found = await Dns.GetHostAddressesAsync(address.Host, cancellation);
        return [.. found.Distinct().Select(address.At)];
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "It is disposed when the agent is not asked any more.")]
    private async Task AskAsync(Dictionary<AgentAddress, IReadOnlyList<AgentAddress>> known, CancellationToken cancellation)
    {
        List<Asked> ended = [];
        lock (_gate)
        {
            HashSet<AgentAddress> wanted = [.. known.Values.SelectMany(static all => all)];
            foreach (AgentAddress gone in _asked.Keys.Where(address => !wanted.Contains(address)).ToList())
            {
                _asked.Remove(gone, out Asked asked);
                ended.Add(asked);
            }
            foreach ((AgentAddress named, IReadOnlyList<AgentAddress> all) in known)
            {
                foreach (AgentAddress address in all.Where(address => !_asked.ContainsKey(address)))
                {
                    var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                    var link = new AgentLink(address, HttpOf(named), fleet, log, filter);
                    _asked[address] = new(link, stop, Task.Run(() => link.RunAsync(stop.Token), CancellationToken.None));
                }
            }
        }
        foreach (Asked asked in ended)
        {
            await asked.Stop.CancelAsync();
            await asked.Running;
            asked.Stop.Dispose();
        }
    }

    private AgentHttp HttpOf(AgentAddress named) =>
        _http.TryGetValue(named, out AgentHttp? http) ? http : _http[named] = new AgentHttp(access, named.All ? named.Host : null);

    private readonly record struct Asked(AgentLink Link, CancellationTokenSource Stop, Task Running);

    [LoggerMessage(3, LogLevel.Warning, "{Host} cannot be resolved: {Why}")]
    private static partial void LogUnresolved(ILogger log, string host, string why);
}
