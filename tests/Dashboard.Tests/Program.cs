using Ipcscope.Dashboard.Tests.Fake;

// For trying out pages by hand: agents at PORT, PORT + 1, …; each has CHANNELS channels, of which a tenth is busy.
int agents = int.Parse(args[0]);
int channels = int.Parse(args[1]);
int port = int.Parse(args[2]);
List<FakeAgent> fleet = [];
for (int i = 0; i < agents; i++)
{
    fleet.Add(await FakeAgent.StartAsync(new FakeWorld($"node-{i}", channels, busy: channels / 10), port + i));
}
Console.WriteLine(string.Join(',', fleet.Select(agent => agent.Address)));
using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
while (await timer.WaitForNextTickAsync())
{
    foreach (FakeAgent agent in fleet)
    {
        agent.Tick();
    }
}
