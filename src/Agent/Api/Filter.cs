using Ipcscope.Cli;
using Ipcscope.Filters;

namespace Ipcscope.Api;

/// <summary>A filter that somebody asks with.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Expression">Understood; null: everything.</param>
internal sealed record Filter(string Text, FilterExpression? Expression)
{
    /// <summary>Lets everything through.</summary>
    public static Filter None { get; } = new("", null);
}
