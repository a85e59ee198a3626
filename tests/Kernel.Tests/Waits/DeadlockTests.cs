using Ipcscope.Findings;

namespace Ipcscope.KernelTests.Waits;

/// <summary>Processes that will never go on are told, and nobody else.</summary>
[Collection(nameof(WaitSight))]
public sealed class DeadlockTests(WaitSight sight)
{
    private static readonly string[] Names =
    [
        "deadlock-pipes", "deadlock-ring", "deadlock-own", "deadlock-unix", "deadlock-tcp", "deadlock-answer", "deadlock-join",
        "deadlock-sysv", "deadlock-posix", "deadlock-named", "deadlock-mutexes", "deadlock-robust",
    ];

    public static TheoryData<string> Deadlocked => [.. Names];

    [Theory]
    [MemberData(nameof(Deadlocked))]
    public void ADeadlockIsToldWithAllThatAreInIt(string name)
    {
        using WaitScene scene = new(name);
        Problem problem = Assert.Single(sight.Problems(scene));
        Assert.Equal(ProblemKind.Deadlock, problem.Kind);
        Assert.Equal(scene.Roles.Values.Select(role => role.Pid).Order(), problem.Culprits.Select(culprit => culprit.Pid).Order());
        Assert.Equal(scene.Roles.Count, problem.Evidence.Count);
        Assert.All(problem.Waits, wait => Assert.True(scene.Has(wait.Call.Pid)));
    }

    [Fact]
    public void ThoseThatWereThereBeforeAreToldAsWell()
    {
        List<WaitScene> scenes = [.. Names.Select(name => new WaitScene(name))];
        try
        {
            using WaitSight late = new();
            foreach ((WaitScene scene, IReadOnlyList<Problem> problems) in late.Problems(scenes))
            {
                Problem problem = Assert.Single(problems);
                Assert.Equal(ProblemKind.Deadlock, problem.Kind);
                Assert.Equal(scene.Roles.Values.Select(role => role.Pid).Order(), problem.Culprits.Select(culprit => culprit.Pid).Order());
                Assert.All(problem.Waits, wait => Assert.True(wait.Call.IsFromBefore));
            }
        }
        finally
        {
            scenes.ForEach(scene => scene.Dispose());
        }
    }

    [Theory]
    [InlineData("idle-pair")]
    [InlineData("idle-pipes")]
    [InlineData("idle-servers")]
    [InlineData("idle-workers")]
    [InlineData("open-patient")]
    [InlineData("held-set")]
    [InlineData("held-mutex")]
    [InlineData("held-robust")]
    public void NothingIsWrongWithThoseThatWaitForWork(string name)
    {
        using WaitScene scene = new(name);
        Assert.Equal([], sight.Problems(scene).Select(problem => problem.Summary));
    }

    [Fact]
    public void AProcessWithAFreeThreadIsInNoDeadlock()
    {
        using WaitScene scene = new("threads-free");
        Assert.Equal(
            [ProblemKind.BackPressure, ProblemKind.BackPressure],
            sight.Problems(scene).Select(problem => problem.Kind));
    }
}
