using Ipcscope.Cli;

namespace Ipcscope.Tests.Cli;

public sealed class TextTableTests
{
    private static readonly TextColumn[] Columns =
    [
        new("NAME", Minimum: 4, Elastic: true),
        new("KIND", Rank: 2),
        new("EXTRA", Rank: 3, Spare: true),
        new("COUNT", Rank: 1, RightAligned: true),
    ];

    private static TextTable Example(Styles? styles = null)
    {
        var table = new TextTable(Columns, styles ?? Styles.None);
        table.Add("/run/redis/redis.sock", "unix", "x", "12");
        table.Add("日本", "pipe", "", "1,234");
        return table;
    }

    [Fact]
    public void Columns_align_and_nothing_trails() => Assert.Equal(
        [
            "NAME                   KIND  EXTRA  COUNT",
            "/run/redis/redis.sock  unix  x         12",
            "日本                   pipe         1,234",
        ],
        Example().Render(int.MaxValue));

    [Fact]
    public void A_spare_column_goes_before_one_is_cut() => Assert.Equal(
        [
            "NAME                   KIND  COUNT",
            "/run/redis/redis.sock  unix     12",
            "日本                   pipe  1,234",
        ],
        Example().Render(40));

    [Fact]
    public void Then_elastic_columns_are_cut() => Assert.Equal(
        [
            "NAME        KIND  COUNT",
            "/run/redi…  unix     12",
            "日本        pipe  1,234",
        ],
        Example().Render(23));

    [Fact]
    public void Then_columns_go_by_rank() => Assert.Equal(
        [
            "NAME  COUNT",
            "/ru…     12",
            "日本  1,234",
        ],
        Example().Render(11));

    [Fact]
    public void No_row_is_longer_than_the_terminal()
    {
        for (int width = 1; width < 60; width++)
        {
            Assert.All(Example().Render(width), line => Assert.InRange(DisplayText.Width(line), 0, width));
        }
    }

    [Fact]
    public void Names_cannot_break_rows()
    {
        var table = new TextTable([new("NAME")], Styles.None);
        table.Add("a\n\e[31mb");
        Assert.Equal(["NAME", "a\uFFFD\uFFFD[31mb"], table.Render(80));
    }

    [Fact]
    public void Styles_take_no_cells()
    {
        var table = new TextTable([new("STATE"), new("NAME")], Styles.Colored);
        table.Add(new TextCell("fail", Styles.Colored.Error), "BTF");
        Assert.Equal(["\e[1mSTATE\e[0m  \e[1mNAME\e[0m", "\e[31mfail\e[0m   BTF"], table.Render(80));
    }
}
