using Ipcscope.Dashboard.Agents;
using Ipcscope.Dashboard.Serve;
using Ipcscope.Dashboard.State;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, Args = [] });
builder.Configuration.Sources.Clear();
builder.Configuration.AddInMemoryCollection();
builder.WebHost.UseUrls("http://127.0.0.1:" + (args.Length > 1 ? args[1] : "9466"));
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(new Patience(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)));
builder.Services.AddSingleton<Fleet>();
builder.Services.AddSingleton<Feed>();
builder.Services.AddHostedService(static services => services.GetRequiredService<Feed>());
List<AgentAddress> addresses = [];
foreach (string text in (args.Length > 0 ? args[0] : "127.0.0.1:9465").Split(','))
{
    addresses.Add(AgentAddress.TryParse(text, out AgentAddress? address) ? address : throw new ArgumentException(text));
}
builder.Services.AddSingleton(services => new AddressWatch(addresses, AgentAccess.None, TimeSpan.FromSeconds(10), services.GetRequiredService<Fleet>(), services.GetRequiredService<ILogger<AddressWatch>>()));
builder.Services.AddHostedService(static services => services.GetRequiredService<AddressWatch>());
WebApplication app = builder.Build();
app.MapPages();
await app.RunAsync();
