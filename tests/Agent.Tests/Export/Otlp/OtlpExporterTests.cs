using System.Diagnostics.Metrics;
using Ipcscope.Config;
using Ipcscope.Export.Otlp;
using Ipcscope.Tests.Names;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ipcscope.Tests.Export.Otlp;

public sealed class OtlpExporterTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private int _read;

    public void Dispose() => _services.Dispose();

    // The number of the reading is all that a request says.
    private OtlpExporter Export(string endpoint, OtlpProtocol protocol, double timeout = 5) => new(
        _ => Task.FromResult(new List<OtlpRequest> { new(new byte[] { 0x0a, 1, (byte)Interlocked.Increment(ref _read) }, 10) }),
        new OtlpOptions { Endpoint = endpoint, Protocol = protocol, Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(timeout) },
        _services.GetRequiredService<IMeterFactory>(), TimeProvider.System, NullLogger.Instance);

    [Theory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.Http)]
    public async Task What_is_read_arrives(OtlpProtocol protocol)
    {
        await using FakeReceiver receiver = await FakeReceiver.StartAsync(protocol);
        await using OtlpExporter exporter = Export(receiver.Endpoint, protocol);
        await Until.TrueAsync(() => receiver.Requests.Count >= 2);
        Assert.Equal([1, 2], receiver.Requests.Take(2).Select(request => request[2]));
        Assert.All(Enum.GetValues<OtlpCause>(), cause => Assert.Equal(0, exporter.UnsentBy(cause)));
    }

    [Fact]
    public async Task What_goes_on_stopping_is_the_last_reading()
    {
        await using FakeReceiver receiver = await FakeReceiver.StartAsync(OtlpProtocol.Grpc);
        await Export(receiver.Endpoint, OtlpProtocol.Grpc).DisposeAsync();
        Assert.Equal(1, Assert.Single(receiver.Requests)[2]);
    }

    [Theory]
    [InlineData(OtlpProtocol.Grpc, 14, OtlpCause.Busy)]
    [InlineData(OtlpProtocol.Http, 503, OtlpCause.Busy)]
    [InlineData(OtlpProtocol.Grpc, 3, OtlpCause.Refused)]
    [InlineData(OtlpProtocol.Http, 400, OtlpCause.Refused)]
    public async Task What_is_not_taken_is_counted_by_its_cause_and_later_readings_come(OtlpProtocol protocol, int status, object cause)
    {
        await using FakeReceiver receiver = await FakeReceiver.StartAsync(protocol);
        receiver.Status = status;
        await using OtlpExporter exporter = Export(receiver.Endpoint, protocol);
        await Until.TrueAsync(() => exporter.UnsentBy((OtlpCause)cause) >= 20);
        Assert.Empty(receiver.Requests);
        receiver.Status = 0;
        await Until.TrueAsync(() => !receiver.Requests.IsEmpty);
        Assert.InRange(receiver.Requests.First()[2], 3, 255);
    }

    [Fact]
    public async Task An_endpoint_that_is_down_and_one_that_is_deaf_hold_nobody_up()
    {
        FakeReceiver gone = await FakeReceiver.StartAsync(OtlpProtocol.Grpc);
        string endpoint = gone.Endpoint;
        await gone.DisposeAsync();
        await using OtlpExporter exporter = Export(endpoint, OtlpProtocol.Grpc, timeout: 0.2);
        await Until.TrueAsync(() => exporter.UnsentBy(OtlpCause.Unreachable) >= 10);
        await using FakeReceiver receiver = await FakeReceiver.StartAsync(OtlpProtocol.Grpc, new Uri(endpoint).Port);
        receiver.IsDeaf = true;
        await Until.TrueAsync(() => exporter.UnsentBy(OtlpCause.Timeout) >= 10);
        receiver.IsDeaf = false;
        await Until.TrueAsync(() => !receiver.Requests.IsEmpty);
    }

    [Fact]
    public async Task Minutes_without_a_receiver_keep_nothing_and_every_point_is_sent_or_counted()
    {
        FakeReceiver gone = await FakeReceiver.StartAsync(OtlpProtocol.Http);
        string endpoint = gone.Endpoint;
        await gone.DisposeAsync();
        List<WeakReference> requests = [];
        var time = new SwiftTime();
        long start = time.GetTimestamp();
        var exporter = new OtlpExporter(
            _ =>
            {
                byte[] message = new byte[1 << 20];
                lock (requests)
                {
                    requests.Add(new WeakReference(message));
                    return Task.FromResult(new List<OtlpRequest> { new(message, 10) });
                }
            },
            new OtlpOptions { Endpoint = endpoint, Protocol = OtlpProtocol.Http, Interval = TimeSpan.FromSeconds(15), Timeout = TimeSpan.FromSeconds(5) },
            _services.GetRequiredService<IMeterFactory>(), time, NullLogger.Instance);
        await Until.TrueAsync(() => time.GetElapsedTime(start) > TimeSpan.FromMinutes(5) && Read() >= 10);
        GC.Collect();
        lock (requests)
        {
            Assert.InRange(requests.Count(request => request.IsAlive), 0, 2); // the one on its way, and the one before
        }
        await using FakeReceiver back = await FakeReceiver.StartAsync(OtlpProtocol.Http, new Uri(endpoint).Port);
        await Until.TrueAsync(() => back.Requests.Count >= 2);
        await exporter.DisposeAsync();
        // But for those on their way when it ended: the last reading, and the one before.
        Assert.InRange((10 * Read()) - (10 * back.Requests.Count) - Enum.GetValues<OtlpCause>().Sum(exporter.UnsentBy), 0, 20);

        int Read()
        {
            lock (requests)
            {
                return requests.Count;
            }
        }
    }

    [Fact]
    public async Task What_the_receiver_leaves_out_is_counted()
    {
        await using FakeReceiver receiver = await FakeReceiver.StartAsync(OtlpProtocol.Http);
        receiver.Rejected = 4;
        await using OtlpExporter exporter = Export(receiver.Endpoint, OtlpProtocol.Http);
        await Until.TrueAsync(() => receiver.Requests.Count == 1 && exporter.UnsentBy(OtlpCause.Rejected) == 4);
    }
}
