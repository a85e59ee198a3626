using System.CommandLine;

namespace Ipcscope.Cli;

/// <summary>What every command understands.</summary>
internal static class GlobalOptions
{
    /// <summary>-v.</summary>
    public static readonly Option<bool> Verbose = Everywhere(OptionKinds.Switch("--verbose", ["-v"], "say more about what goes wrong"));

    /// <summary>--color.</summary>
    public static readonly Option<ColorMode> Color = Everywhere(OptionKinds.Choice<ColorMode>("--color", [], "colours; auto: on a terminal, unless NO_COLOR is set"));

    private static T Everywhere<T>(T option)
        where T : Option
    {
        option.Recursive = true;
        return option;
    }
}
