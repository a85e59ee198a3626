using Ipcscope.Capture;

namespace Ipcscope.Tests.Capture;

public sealed class UringProgramsTests
{
    private const string Complete = "ipcscope_uring_complete";
    private const string Submit = "ipcscope_uring_submit";
    private const string Overflow = "ipcscope_uring_overflow";
    private const string Worked = "ipcscope_uring_worked";
    private const string Exit = "ipcscope_uring_exit";

    public static TheoryData<string, Dictionary<string, int>, string[]> Kernels => new()
    {
        {
            "6.18", new() { ["complete"] = 3, ["submit_req"] = 1, ["cqe_overflow"] = 5, ["task_work_run"] = 2 },
            [Complete, Overflow, Worked, Exit, Submit]
        },
        {
            "6.12", new() { ["complete"] = 7, ["submit_req"] = 1, ["cqe_overflow"] = 5, ["task_work_run"] = 2 },
            [$"{Complete}_6_1", Overflow, Worked, Exit, Submit]
        },
        {
            "6.1", new() { ["complete"] = 7, ["submit_sqe"] = 2, ["cqe_overflow"] = 5, ["task_work_run"] = 3 },
            [$"{Complete}_6_1", Overflow, Worked, Exit, $"{Submit}_6_1"]
        },
        { "5.15", new() { ["complete"] = 4, ["submit_sqe"] = 7 }, [$"{Complete}_5_15", Exit, $"{Submit}_5_15"] },
        { "without io_uring", [], [] },
        { "without submissions", new() { ["complete"] = 3 }, [] },
        { "of the future", new() { ["complete"] = 5, ["submit_req"] = 1 }, [] },
    };

    [Theory]
    [MemberData(nameof(Kernels))]
    public void ProgramsFollowTheArgumentsOfTracepoints(string kernel, Dictionary<string, int> arguments, string[] programs) =>
        Assert.True(
            programs.SequenceEqual(UringPrograms.Choose(name => arguments.GetValueOrDefault(name["io_uring_".Length..]), byEvent: false)), kernel);

    [Fact]
    public void EventsAreUsedWhereRawTracepointsArePreempted()
    {
        Dictionary<string, int> arguments = new() { ["io_uring_complete"] = 3, ["io_uring_submit_req"] = 1, ["io_uring_cqe_overflow"] = 5 };
        Assert.Equal(
            [$"{Complete}_event", $"{Overflow}_event", $"{Exit}_event", $"{Submit}_event"],
            UringPrograms.Choose(name => arguments.GetValueOrDefault(name), byEvent: true));
    }
}
