using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Filters;

namespace Ipcscope.Tests.Filters;

/// <summary>The kernel's part and the agent's together are the filter: tried with random filters, selections and operations.</summary>
public sealed class PushdownTests
{
    private static readonly string[] Comparisons =
    [
        "pid = 1", "pid = 2", "pid in (1, 2)", "pid in (2, 3, 4294967296)", "pid != 1", "pid not in (2, 3)", "pid < 3", "pid >= 2", "pid = 0", "tid = 1", "tid > 1",
        "process = a", "process in (a, b)", "process in (b, c, d)", "process != a", "process ~ ^[ab]$", "process in (a, b, c, d, e, f, g, h)", "process in (a, b, c, d, e, f, g, h, i)", "process = \"\"",
        "mechanism = pipe", "mechanism != pipe", "mechanism in (pipe, unix)", "mechanism ~ p$", "mechanism !~ .", "operation = send", "operation not in (send, read)", "operation ~ e",
        "error = \"\"", "error != \"\"", "error = EPIPE", "error in (EPIPE, \"\")", "error != EPIPE", "error ~ ^E", "error !~ PIPE",
        "duration > 1us", "duration >= 1us", "duration < 1us", "duration = 1us", "duration > 0", "duration in (1us, 2us)", "size > 1", "size <= 1", "channel = x", "peer != \"\"", "cgroup = 1",
    ];

    private static readonly string[] Names = ["a", "b", "c", "h", "i", "", "ab"];
    private static readonly ulong[] Durations = [0, 999, 1000, 1001, 2000];
    private static readonly int[] Errors = [0, 0, 32, 11, 524, 4095];

    private static string RandomFilter(Random random, int depth) => random.Next(depth > 3 ? 2 : 6) switch
    {
        0 or 1 => Comparisons[random.Next(Comparisons.Length)],
        2 => $"not ({RandomFilter(random, depth + 1)})",
        3 => $"({RandomFilter(random, depth + 1)}) or ({RandomFilter(random, depth + 1)})",
        _ => $"({RandomFilter(random, depth + 1)}) and ({RandomFilter(random, depth + 1)})",
    };

    private static FakeSubject RandomSubject(Random random) => new()
    {
        Pid = (uint)random.Next(1, 5),
        Tid = (uint)random.Next(1, 3),
        Process = Names[random.Next(Names.Length)],
        Mechanism = (Mechanism)random.Next(1, 6),
        Operation = (Operation)random.Next(1, 9),
        Channel = random.Next(2) == 0 ? "x" : "y",
        Peer = random.Next(2) == 0 ? "" : "z",
        Size = (ulong)random.Next(3),
        DurationNs = Durations[random.Next(Durations.Length)],
        Error = Errors[random.Next(Errors.Length)],
        Cgroup = (ulong)random.Next(2),
    };

    private static FilterSelection RandomSelection(Random random) => random.Next(2) == 0 ? FilterSelection.None : new()
    {
        Pids = random.Next(2) == 0 ? [] : [1, 3],
        FollowChildren = random.Next(3) == 0,
        Names = random.Next(2) == 0 ? [] : ["a", "c"],
        Mechanisms = random.Next(2) == 0 ? [] : [Mechanism.Pipe, Mechanism.Tcp],
    };

    // What struct filter means to bpf/include/filter.h. No subject here is a child of another.
    private static bool Passes(KernelFilter filter, FakeSubject subject) =>
        (filter.Pids.Count == 0 || filter.Pids.Contains(subject.Pid))
        && (filter.Names.Count == 0 || filter.Names.Contains(subject.Process))
        && (filter.Mechanisms.Count == 0 || filter.Mechanisms.Contains(subject.Mechanism))
        && (filter.Operations.Count == 0 || filter.Operations.Contains(subject.Operation))
        && (!filter.ErrorsOnly || subject.Error > 0)
        && subject.DurationNs >= filter.MinimumDurationNs;

    private static bool Passes(FilterSelection selection, FakeSubject subject) =>
        (selection.Pids.Count == 0 || selection.Pids.Contains(subject.Pid))
        && (selection.Names.Count == 0 || selection.Names.Contains(subject.Process))
        && (selection.Mechanisms.Count == 0 || selection.Mechanisms.Contains(subject.Mechanism));

    [Fact]
    public void KernelAndRemainderAreTheWholeFilter()
    {
        var random = new Random(4711);
        int passed = 0;
        int pushed = 0;
        for (int round = 0; round < 2_000; round++)
        {
            string text = RandomFilter(random, 0);
            Assert.True(FilterParser.TryParse(text, FilterScopes.Operation, out FilterExpression? filter, out FilterError? error), $"{text}: {error}");
            Assert.True(FilterParser.TryParse(filter!.ToString(), FilterScopes.Operation, out FilterExpression? again, out error), $"{filter}: {error}");
            FilterSelection selection = RandomSelection(random);
            FilterPlan plan = FilterPlan.Create(filter, selection);
            pushed += plan.Remainder is null ? 1 : 0;
            Assert.True(plan.Kernel.Names.Count <= KernelFilter.MaximumNames);
            for (int i = 0; i < 50; i++)
            {
                FakeSubject subject = RandomSubject(random);
                bool whole = Passes(selection, subject) && filter.Matches(subject);
                bool divided = Passes(plan.Kernel, subject) && plan.Remainder?.Matches(subject) != false;
                Assert.True(whole == divided, $"{text} with {selection}: {subject} gives {whole}, and divided {divided}: {string.Join("; ", plan.Explanation)}");
                Assert.Equal(filter.Matches(subject), again!.Matches(subject));
                passed += whole ? 1 : 0;
            }
        }
        // Neither side of the comparison may be trivial.
        Assert.InRange(passed, 10_000, 90_000);
        Assert.InRange(pushed, 50, 1_950);
    }
}
