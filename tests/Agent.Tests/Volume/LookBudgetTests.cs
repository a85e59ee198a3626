using Ipcscope.Volume;

namespace Ipcscope.Tests.Volume;

public sealed class LookBudgetTests
{
    private const ulong Gibibyte = 1 << 30;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_process_that_would_cost_too_much_is_left_alone()
    {
        LookBudget budget = new();
        Assert.True(budget.Allows(Gibibyte * 5 / 4));
        Assert.False(budget.Allows((Gibibyte * 5 / 4) + (1 << 20)));
    }

    [Fact]
    public void What_looks_cost_is_learned_from_large_processes_within_bounds()
    {
        LookBudget budget = new();
        budget.Learn((64 << 20) - 1, Second);
        Assert.True(budget.Allows(Gibibyte * 5 / 4));
        for (int i = 0; i < 50; i++)
        {
            budget.Learn(Gibibyte, TimeSpan.FromMilliseconds(40));
        }
        Assert.True(budget.Allows(Gibibyte * 249 / 100));
        Assert.False(budget.Allows(Gibibyte * 251 / 100));
        for (int i = 0; i < 50; i++)
        {
            budget.Learn(Gibibyte, TimeSpan.FromSeconds(60));
        }
        Assert.True(budget.Allows(Gibibyte * 156 / 1000));
        Assert.False(budget.Allows(Gibibyte * 157 / 1000));
    }

    [Theory]
    [InlineData(1, 1001, 0)]
    [InlineData(1, 1, 999)]
    [InlineData(100, 1100, 8900)]
    [InlineData(0, 0, 1000)]
    public void One_part_in_a_hundred_is_spent(int spent, int passed, int rest) => Assert.Equal(
        TimeSpan.FromMilliseconds(rest), LookBudget.Rest(TimeSpan.FromMilliseconds(spent), TimeSpan.FromMilliseconds(passed), Second));
}
