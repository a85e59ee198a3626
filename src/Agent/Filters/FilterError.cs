namespace Ipcscope.Filters;

/// <summary>Why a filter is none.</summary>
/// <param name="Column">Where, in characters from 1; 0: no place is to blame.</param>
/// <param name="Message">What was found and what is allowed.</param>
public sealed record FilterError(int Column, string Message)
{
    /// <summary>One line: <c>column 14: unknown field "durration" (did you mean "duration"?)</c>.</summary>
    public override string ToString() => Column > 0 ? $"column {Column}: {Message}" : Message;
}
