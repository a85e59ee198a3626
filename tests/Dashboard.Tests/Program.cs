using System.Runtime.InteropServices;
using Ipcscope.Dashboard.Tests.Fake;

// For trying out pages by hand, until SIGINT or SIGTERM: agents at PORT, PORT + 1, …; each has CHANNELS channels, of which a tenth is busy.
int agents = int.Parse(args[0]);
int channels = int.Parse(args[1]);
int port = int.Parse(args[2]);
List<FakeAgent> fleet = [];
for (int i = 0; i < agents; i++)
{
    fleet.Add(await FakeAgent.StartAsync(new FakeWorld($"node-{i}", channels, busy: channels / 10), port + i));
}
Console.WriteLine(string.Join(',', fleet.Select(agent => agent.Address)));
// Each agent's web server takes the signals for itself, and ends alone.
using var end = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => end.Cancel());
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => end.Cancel());
while (!end.IsCancellationRequested)
{
    fleet.ForEach(static agent => agent.Tick());
    await Task.Delay(TimeSpan.FromSeconds(1), end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
await Task.WhenAll(fleet.Select(static agent => agent.StopAsync()));
