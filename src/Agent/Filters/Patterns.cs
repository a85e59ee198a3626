using System.Text.RegularExpressions;
using Ipcscope.Config;

namespace Ipcscope.Filters;

/// <summary>
/// Regular expressions of users. They run without backtracking, in time linear in the text; the automaton has at most 10,000 nodes, else .NET refuses the
/// pattern (learn.microsoft.com, "Backtracking and regular expressions": nonbacktracking mode).
/// </summary>
internal static class Patterns
{
    /// <summary>The expression for a pattern, or why there is none.</summary>
    public static Regex? Compile(string pattern, out string fault)
    {
        fault = "";
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (RegexParseException e)
        {
            fault = $"{ConfigFault.Quote(pattern)} is no regular expression: {Reason(e)}";
        }
        catch (NotSupportedException)
        {
            fault = $"{ConfigFault.Quote(pattern)} could take too long to match; "
                + "allowed: regular expressions without backreferences, look-around and huge repetitions";
        }
        return null;
    }

    // "Invalid pattern '[' at offset 1. Unterminated [] set." without what is known already.
    private static string Reason(RegexParseException fault)
    {
        int start = fault.Message.IndexOf($"at offset {fault.Offset}. ", StringComparison.Ordinal);
        return start < 0 ? fault.Message : fault.Message[(start + $"at offset {fault.Offset}. ".Length)..].TrimEnd('.') + $" (at character {fault.Offset + 1})";
    }
}
