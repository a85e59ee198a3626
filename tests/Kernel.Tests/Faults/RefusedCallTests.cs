using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Faults;

/// <summary>
/// Whatever bpf(2) refuses at a start, the agent either works without one part and says so, or ends with one line and a documented status.
/// <c>make faults</c> refuses each call that there is.
/// </summary>
[Collection(nameof(ProductGroup))]
public sealed class RefusedCallTests : IDisposable
{
    private static readonly string[] Scenarios =
        ["pipe/readwrite", "unix-stream/readwrite", "sysv_msg/transfer", "mq/transfer", "shm/memfd", "futex/shm", "signal/handled", "pipe/uring"];

    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-refused").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(RefusedCall.Link, "ipcscope_signal", RefusedCall.NotPermitted, "signal")]
    [InlineData(RefusedCall.Load, "ipcscope_uring_", RefusedCall.NoMemory, "io_uring")]
    [InlineData(RefusedCall.Load, "ipcscope_in_fli", RefusedCall.Invalid, "calls_in_progress")]
    [InlineData(RefusedCall.Link, "ipcscope_descri", RefusedCall.NotPermitted, "the processes at the other ends are not shown")]
    [InlineData(RefusedCall.Iterate, "", RefusedCall.NoMemory, "the processes at the other ends are not shown")]
    public void OnePartGoesAndIsTold(int command, string name, int errno, string part)
    {
        string told = Assert.Single(AssertExactOrOneLine(new(command, name, errno)));
        Assert.Contains(part, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RefusedCall.Link, "ipcscope_exec", RefusedCall.NotPermitted, 4, "cannot attach ipcscope_exec: EPERM")]
    [InlineData(RefusedCall.Load, "ipcscope_exit", RefusedCall.Invalid, 3, "cannot load ipcscope_exit: EINVAL")]
    [InlineData(RefusedCall.Load, "", RefusedCall.NotPermitted, 4, "EPERM")]
    [InlineData(RefusedCall.CreateMap, "ring", RefusedCall.NoMemory, 1, "a smaller aggregation.maxFlows")]
    [InlineData(RefusedCall.UpdateMap, "", RefusedCall.NotPermitted, 4, "EPERM")]
    [InlineData(RefusedCall.LoadTypes, "", RefusedCall.NotPermitted, 3, "ipcscope doctor tells what")]
    public void OneLineSaysWhyItEnds(int command, string name, int errno, int status, string words) =>
        Refusal.AssertOneLine(Trace(new(command, name, errno)).AssertStatus(status), words);

    [Fact]
    public void TheDaemonWorksWithoutAHookAndTellsEverywhere()
    {
        using RunningAgent agent = new(command: new RefusedCall(RefusedCall.Link, "ipcscope_signal", RefusedCall.NotPermitted).Prefix, api: "");
        const string Told = "without signal: no signals are counted (cannot attach ipcscope_signal_receive: EPERM";
        Assert.Contains($"the rest works {Told}", Eventually.Get(() => agent.Log, log => log.Contains(Told, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(1, agent.Scrape().Named("ipcscope_missing").Single(sample => sample["part"] == "signal").Value);
        string[] attached = ["ipcscope_signal_receive", "ipcscope_signal_send"];
        Assert.Equal(attached, agent.Scrape().Named("ipcscope_probe_attached").Where(sample => sample.Value == 0).Select(sample => sample["program"]).Order());
        Assert.Contains(Told, Binary.RunAny(["curl", "-s", $"http://127.0.0.1:{agent.Port}/readyz"]).Output, StringComparison.Ordinal);
        string health = Eventually.Get(() => Binary.RunAny(["curl", "-s", $"http://127.0.0.1:{agent.ApiPort}/api/v1/health"]).Output, page => page.Contains(Told, StringComparison.Ordinal));
        Assert.Contains(Told, health, StringComparison.Ordinal);
        Assert.Contains("\"ready\":true", health, StringComparison.Ordinal);
        Workloads.AssertCounted(agent, "pipe/vector");
    }

    // Nothing that is read by iterators, from the first to the last page.
    [Fact]
    public void TheDaemonWorksWithoutIterators()
    {
        using RunningAgent agent = new(command: new RefusedCall(RefusedCall.Iterate, "", RefusedCall.NoMemory).Prefix, api: "");
        string[] Missing() => [.. agent.Scrape().Named("ipcscope_missing").Select(sample => sample["part"]).Order()];
        Assert.Equal(["calls_in_progress", "ends", "objects"], Eventually.Get(Missing, missing => missing.Length == 3));
        Workloads.AssertCounted(agent, "pipe/vector");
        string health = Binary.RunAny(["curl", "-s", $"http://127.0.0.1:{agent.ApiPort}/api/v1/health"]).AssertStatus(0).Output;
        Assert.Contains("without calls_in_progress", health, StringComparison.Ordinal);
        Assert.Equal(0, agent.End(Signals.Terminate).Status);
    }

    [Fact]
    public void WhatTheDaemonLoadsLaterIsToldLater()
    {
        using RunningAgent agent = new(command: new RefusedCall(RefusedCall.Load, "ipcscope_sysv", RefusedCall.NotPermitted).Prefix);
        Assert.Equal(1, agent.Scrape().Named("ipcscope_missing").Single(sample => sample["part"] == "objects_sysv").Value);
        agent.AssertSays("the rest works without objects_sysv");
        Assert.Contains("without objects_sysv", Binary.RunAny(["curl", "-s", $"http://127.0.0.1:{agent.Port}/readyz"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void EachCallMayBeRefused()
    {
        bool each = Environment.GetEnvironmentVariable("FAULTS") == "all"; // make faults; else one of thirty
        (int Command, string Name)[] all = [.. RefusedCall.All($"{_folder}/calls", Command(_folder))];
        all = [.. all.Concat(all.Select(call => (call.Command, ""))).Distinct()];
        for (int i = 0; i < all.Length; i += each ? 1 : 30)
        {
            foreach (int errno in each ? [RefusedCall.NotPermitted, RefusedCall.NoMemory, RefusedCall.Invalid] : (int[])[RefusedCall.NotPermitted])
            {
                AssertExactOrOneLine(new(all[i].Command, all[i].Name, errno));
            }
        }
    }

    // What was told of parts that are missing; the rest is exact.
    private string[] AssertExactOrOneLine(RefusedCall refused)
    {
        Outcome outcome = Trace(refused);
        if (outcome.Status != 0)
        {
            Assert.True(outcome.Status is 1 or 3 or 4, $"{refused}: {outcome}");
            Refusal.AssertOneLine(outcome);
            Assert.Matches(@"\(.+\)$", outcome.ErrorLines[^1]); // what to do
            return [];
        }
        string[] told = [.. outcome.ErrorLines.Where(line => !line.EndsWith('…'))];
        told = [.. told.TakeWhile(line => !line.StartsWith('{'))];
        SortedDictionary<string, Figures> truth = new(StringComparer.Ordinal);
        for (int i = 0; i < Scenarios.Length; i++)
        {
            foreach ((string key, Figures figures) in Truth.Read($"{_folder}/truth{i}").Where(line => !told.Any(part => IsOf(line.Key, part))))
            {
                truth.Add(key, figures);
            }
        }
        string[] differences = Truth.Differences(truth, TraceLine.Sum(TraceLine.OfWorkloads($"{_folder}/lines")));
        Assert.True(differences.Length == 0, $"{refused}\n{outcome.Error}\n{string.Join('\n', differences)}");
        return told;
    }

    // "ipcscope: without sysv_msg: …"; io_uring is no mechanism.
    private static bool IsOf(string key, string told)
    {
        string part = told.StartsWith("ipcscope: without ", StringComparison.Ordinal) ? told["ipcscope: without ".Length..].Split(':')[0] : "";
        return key.Contains($"Mechanism = {part},", StringComparison.Ordinal) || (part == "io_uring" && key.Contains("Via = io_uring", StringComparison.Ordinal));
    }

    private Outcome Trace(RefusedCall refused) => Binary.RunAny([.. refused.Prefix, .. Command(_folder)]);

    private static string[] Command(string folder)
    {
        File.WriteAllText($"{folder}/config", "aggregation: { maxFlows: 1024 }\n"); // less to fill
        string work = string.Join("; ", Scenarios.Select((scenario, i) => $"{Binary.WorkloadPath} {scenario} --truth {folder}/truth{i}"));
        return [Binary.Path, "trace", "--config", $"{folder}/config", "-o", "json", "-w", $"{folder}/lines", "--", "sh", "-c", work];
    }
}
