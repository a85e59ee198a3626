using Ipcscope.Config;
using Ipcscope.Listen;
using Ipcscope.Tests.Cli;

namespace Ipcscope.Tests.Listen;

public sealed class GateTests : IDisposable
{
    private const string Right = "0123456789abcdef0123";
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer " + Right, 200)]
    [InlineData("bearer " + Right, 200)]
    [InlineData("Bearer " + Right + "4", 401)]
    [InlineData("Bearer 0123456789abcdef012", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Basic " + Right, 401)]
    [InlineData(Right, 401)]
    public async Task Only_who_has_the_token_is_answered(string? authorization, int status)
    {
        File.WriteAllText(_file, Right + "\n");
        await using GuardedServer server = await GuardedServer.StartAsync(new AccessOptions { TokenFile = _file });
        Assert.Equal(status, await server.AskAsync(authorization: authorization));
        Assert.Equal(200, await server.AskAsync("/livez"));
    }

    [Fact]
    public void A_token_that_changes_is_read_again_and_a_broken_one_is_not_taken()
    {
        var clock = new FakeClock();
        File.WriteAllText(_file, Right);
        Access access = Access.Open(new AccessOptions { TokenFile = _file }, clock);
        List<string> faults = [];
        access.OnFault(faults.Add);
        File.WriteAllText(_file, "another-token-of-mine");
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(access.Admits("Bearer " + Right));
        Assert.True(access.Admits("Bearer another-token-of-mine"));
        File.WriteAllText(_file, "");
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(access.Admits("Bearer another-token-of-mine"));
        Assert.False(access.Admits("Bearer "));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(access.Admits("Bearer another-token-of-mine"));
        Assert.Contains(_file, Assert.Single(faults), StringComparison.Ordinal);
        File.Delete(_file);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(access.Admits("Bearer another-token-of-mine"));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("with a space in it")]
    [InlineData("two-lines-of-it-\nare-no-token")]
    [InlineData("ümlaut-is-not-printable")]
    public void What_is_no_token_is_refused(string text)
    {
        File.WriteAllText(_file, text);
        AccessException fault = Assert.Throws<AccessException>(() => Access.Open(new AccessOptions { TokenFile = _file }, TimeProvider.System));
        Assert.Contains("16 to 1024", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST.", 200)]
    [InlineData("localhost:9464", 200)]
    [InlineData("127.0.0.1:9464", 200)]
    [InlineData("127.1.2.3", 200)]
    [InlineData("[::1]:9464", 200)]
    [InlineData("attacker.example", 421)]
    [InlineData("localhost.attacker.example", 421)]
    [InlineData("127.0.0.1.attacker.example:9464", 421)]
    [InlineData("10.0.0.1", 421)]
    public async Task A_loopback_address_answers_to_its_own_names(string host, int status)
    {
        await using GuardedServer server = await GuardedServer.StartAsync(new AccessOptions());
        Assert.Equal(status, await server.AskAsync(host: host));
    }

    [Fact]
    public async Task Who_guesses_tokens_is_slowed_down()
    {
        File.WriteAllText(_file, Right);
        await using GuardedServer server = await GuardedServer.StartAsync(new AccessOptions { TokenFile = _file });
        List<int> answers = [];
        while (!answers.Contains(429) && answers.Count < 1000)
        {
            answers.Add(await server.AskAsync(authorization: "Bearer wrong-wrong-wrong-wrong"));
        }
        Assert.Equal(429, answers[^1]);
        Assert.Equal(200, await server.AskAsync(authorization: "Bearer " + Right));
    }

    [Fact]
    public void A_bucket_fills_with_time()
    {
        var clock = new FakeClock();
        var rate = new RequestRate(2, 3, clock);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => rate.Take()));
        clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => rate.Take()));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => rate.Take()));
    }
}
