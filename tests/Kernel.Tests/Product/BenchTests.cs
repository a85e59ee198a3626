using System.Text.Json;

namespace Ipcscope.KernelTests.Product;

/// <summary><c>bench</c>: every mechanism is measured, and nothing is left of it.</summary>
[Collection(nameof(ProductGroup))]
public sealed class BenchTests
{
    private static readonly string[] Carriers =
    [
        "pipe", "fifo", "socketpair", "unix_stream", "unix_dgram", "unix_seqpacket", "tcp", "udp",
        "mq", "sysv_msg", "shm", "file_map", "process_vm", "io_uring",
    ];

    private static readonly string[] Batons = ["sysv_sem", "futex", "eventfd", "signal"];

    // A namespace of its own shows exactly what is left; names elsewhere have a prefix.
    private const string Left = """
        mount -t mqueue mqueue /mnt
        left() { tail -qn +2 /proc/sysvipc/msg /proc/sysvipc/sem /proc/sysvipc/shm; ls /mnt; ls /dev/shm /tmp /var/tmp | grep ipcscope-bench; }
        """;

    private static Outcome Alone(string namespaces, string script) =>
        Binary.RunAny(["unshare", "--ipc", "--mount", .. namespaces.Split(' ', StringSplitOptions.RemoveEmptyEntries), "bash", "-c", $"{Left}\n{script}"]);

    private static double[] Latencies(JsonElement row, string name) =>
        [row.GetProperty($"{name}_p50_seconds").GetDouble(), row.GetProperty($"{name}_p99_seconds").GetDouble()];

    private static JsonElement[] Throughputs(JsonElement row) =>
        [.. row.EnumerateObject().Where(field => field.Name.StartsWith("throughput_", StringComparison.Ordinal)).Select(field => field.Value)];

    [Fact]
    public void EveryMechanismIsMeasuredWithoutAndWithTheAgent()
    {
        Outcome outcome = Alone("", "$AGENT bench --quick -d 6s -o json && left").AssertStatus(1); // grep finds nothing left
        JsonElement[] lines = [.. outcome.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal("machine", lines[0].GetProperty("kind").GetString());
        JsonElement[] rows = lines[1..];
        IEnumerable<string> expected = Carriers.Concat(Batons).SelectMany(name => new[] { $"{name} False", $"{name} True" });
        Assert.Equal(expected, rows.Select(row => $"{row.GetProperty("mechanism")} {row.GetProperty("agent")}"));
        Assert.All(rows, AssertMeasured);
        Refusal.AssertNoDefect(outcome);
        Attached.AssertNoneLeft();
    }

    [Fact]
    public void SigtermEndsItWithinASecondAndNothingIsLeft()
    {
        // Ended while its queues exist; what was measured until then is shown.
        Outcome outcome = Alone("--pid --fork --mount-proc", """
            $AGENT bench --no-agent -d 1h -m sysv_msg,pipe -o json > /dev/null &
            bench=$!
            until grep -q '[0-9]' <(tail -n +2 /proc/sysvipc/msg); do sleep 0.05; done
            sleep 0.5
            begun=$(date +%s%N)
            kill -TERM $bench
            wait $bench
            echo $? $(( ($(date +%s%N) - begun) / 1000000 ))
            left
            pgrep ipcscope
            """);
        string[] words = Assert.Single(outcome.Lines).Split(' ');
        Assert.Equal("1", words[0]);
        Assert.InRange(int.Parse(words[1]), 0, 1000);
        Assert.EndsWith("ended before its time: the figures are from 0 of 5 rounds", outcome.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutRootTheFirstHalfIsMeasured()
    {
        Outcome outcome = Binary.Script("setpriv --reuid=65534 --regid=65534 --clear-groups $AGENT bench --quick -d 2s -m pipe,mq,process_vm,io_uring,signal -o json").AssertStatus(0);
        Assert.Contains(
            "ipcscope: measuring without the agent only: cannot load eBPF programs: CAP_BPF and CAP_PERFMON are missing (run with sudo, or give the container BPF and PERFMON)",
            outcome.ErrorLines);
        JsonElement[] rows = [.. outcome.Lines.Skip(1).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["pipe", "mq", "process_vm", "io_uring", "signal"], rows.Select(row => row.GetProperty("mechanism").GetString()));
        Assert.All(rows, AssertMeasured);
    }

    [Fact]
    public void WhatCannotBeSetUpSaysWhyAndTheOthersGoOn()
    {
        Outcome outcome = Binary.Script("ulimit -q 0; setpriv --reuid=65534 --regid=65534 --clear-groups $AGENT bench --no-agent --quick -d 1s -m mq,pipe").AssertStatus(0);
        Assert.Matches("^mq \\[1\\] +–( +–){7}$", outcome.Lines[1]);
        Assert.Matches("^pipe +[0-9]", outcome.Lines[2]);
        Assert.StartsWith("[1] not measured: mq_open: EMFILE (Too many open files) (see sysctl fs.mqueue.queues_max", outcome.Lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void ASavedRunIsComparedWith()
    {
        string path = Path.GetTempFileName();
        Binary.Run("bench", "--no-agent", "--quick", "-d", "1s", "-m", "pipe", "--save", path).AssertStatus(0);
        double saved = JsonDocument.Parse(File.ReadAllLines(path)[1]).RootElement.GetProperty("round_trip_p50_seconds").GetDouble();
        Outcome outcome = Binary.Run("bench", "--no-agent", "--quick", "-d", "1s", "-m", "pipe", "--compare", path, "-o", "json").AssertStatus(0);
        JsonElement row = JsonDocument.Parse(outcome.Lines[1]).RootElement;
        Assert.Equal(row.GetProperty("round_trip_p50_seconds").GetDouble() / saved, row.GetProperty("round_trip_p50_seconds_ratio").GetDouble(), 9);
        File.Delete(path);
    }

    private static void AssertMeasured(JsonElement row)
    {
        string name = row.GetProperty("mechanism").GetString()!;
        Assert.Equal((2, ""), (row.GetProperty("rounds").GetInt32(), row.GetProperty("failure").GetString()));
        double[] oneWay = Latencies(row, "one_way");
        double[] roundTrip = Latencies(row, "round_trip");
        Assert.All([.. oneWay, .. roundTrip], seconds => Assert.InRange(seconds, 1e-8, 10));
        Assert.True(oneWay[0] <= oneWay[1] && roundTrip[0] <= roundTrip[1] && oneWay[0] < roundTrip[0], $"{row}");
        Assert.Equal(4, Throughputs(row).Length);
        Assert.All(Throughputs(row), value => Assert.Equal(Batons.Contains(name), value.ValueKind == JsonValueKind.Null));
        Assert.All(Throughputs(row).Where(value => value.ValueKind != JsonValueKind.Null), value => Assert.InRange(value.GetDouble(), 1e4, 1e12));
    }
}
