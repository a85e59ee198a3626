using System.Diagnostics;
using Ipcscope.Bpf;
using Ipcscope.Capture;
using Ipcscope.KernelTests.Product;

namespace Ipcscope.KernelTests.Faults;

/// <summary>A program that the kernel refuses turns off its part, and nothing else: broken on purpose, one at a time.</summary>
[Collection(nameof(ProductGroup))]
public sealed class RefusedPartTests
{
    private const string Verifier = "EACCES: the verifier: frame pointer is read only";

    private static readonly string[] Scenarios =
        ["pipe/vector", "unix-stream/readwrite", "sysv_msg/transfer", "shm/memfd", "futex/shm", "signal/handled", "pipe/uring"];

    [Theory]
    [InlineData("ipcscope_signal_send", "signal", "signal")]
    [InlineData("ipcscope_uring_complete", "io_uring", "")]
    [InlineData("ipcscope_in_flight", "calls_in_progress", "")]
    public void AProgramTurnsOffItsPart(string program, string part, string mechanisms)
    {
        MissingPart missing = Assert.Single(AssertOthersExact(BrokenImage.WithBroken(program), mechanisms));
        Assert.Equal(part, missing.Name);
        Assert.Contains(program, missing.Programs);
        Assert.StartsWith($"cannot load {program}: {Verifier}", missing.Why, StringComparison.Ordinal);
    }

    // All mechanisms share the programs of system calls: what is refused in there is found by trying.
    [Theory]
    [InlineData("shm_enter", "shm", "shm file_map sysv_shm")]
    [InlineData("deliver", "delivery", "")]
    [InlineData("note_client", "delivery", "")]
    public void AFunctionOfAllCallsTurnsOffItsMechanism(string function, string part, string mechanisms)
    {
        MissingPart missing = Assert.Single(AssertOthersExact(BrokenImage.WithBroken(function), mechanisms));
        Assert.Equal(part, missing.Name);
        Assert.Contains(Verifier, missing.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralAtOnce() => Assert.Equal(
        ["futex", "sysv_msg", "signal"],
        AssertOthersExact(BrokenImage.WithBroken("sysv_msg_exit", "futex_enter", "ipcscope_signal_send"), "sysv_msg futex signal").Select(part => part.Name).OrderBy(name => name == "signal").ThenBy(name => name));

    [Fact]
    public void ATracepointThatTheKernelDoesNotHave()
    {
        MissingPart missing = Assert.Single(AssertOthersExact(BrokenImage.WithHook("ipcscope_signal_send", "?tp_btf/signal_generate", "?tp_btf/signal_generatx"), "signal"));
        Assert.Equal("signal", missing.Name);
        Assert.StartsWith("cannot load ipcscope_signal_send: ", missing.Why, StringComparison.Ordinal);
        Assert.Contains("failed to find kernel BTF type ID of 'signal_generatx'", missing.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void AHookThatIsRefused()
    {
        MissingPart missing = Assert.Single(AssertOthersExact(BrokenImage.WithHook("ipcscope_signal_send", "?tp_btf/signal_generate", "?raw_tp/signal_generatx"), "signal"));
        Assert.Equal("signal", missing.Name);
        Assert.StartsWith("cannot attach ipcscope_signal_send: ENOENT", missing.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAllNeedEndsTheStart()
    {
        CaptureException refusal = Assert.Throws<CaptureException>(() => CaptureSession.Start(new CaptureOptions { Image = BrokenImage.WithBroken("ipcscope_exit") }));
        Assert.Equal(3, refusal.ExitStatus);
        Assert.StartsWith($"cannot load ipcscope_exit: {Verifier}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("ipcscope_exit", Assert.IsType<BpfException>(refusal.InnerException).Program);
        Attached.AssertNoneLeft();
    }

    // Of what is left out nothing is counted, rather than half.
    private static IReadOnlyList<MissingPart> AssertOthersExact(byte[] image, string mechanisms)
    {
        using CaptureSession session = CaptureSession.Start(new CaptureOptions { Image = image, MaxFlows = 4096 });
        string[] left = [.. session.Missing.SelectMany(part => part.Programs)];
        Assert.All(session.ReadPrograms(), program => Assert.Equal(!left.Contains(program.Name), program.Attached));
        bool requests = session.Missing.All(part => part.Name != "io_uring");
        foreach (string scenario in Scenarios)
        {
            ulong since = (ulong)Stopwatch.GetTimestamp();
            SortedDictionary<string, Figures> truth = new(
                Workload.Perform(Workload.Native, scenario).Where(line => IsObserved(line.Key, mechanisms.Split(' '), requests)).ToDictionary(), StringComparer.Ordinal);
            Assert.Empty(Truth.Differences(truth, Observation.Read(session, since)));
        }
        return session.Missing;
    }

    private static bool IsObserved(string key, string[] mechanisms, bool requests) =>
        !mechanisms.Any(mechanism => key.Contains($"Mechanism = {mechanism},", StringComparison.Ordinal)) && (requests || !key.Contains("Via = io_uring", StringComparison.Ordinal));
}
