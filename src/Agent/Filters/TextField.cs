using System.Text;
using Ipcscope.Config;

namespace Ipcscope.Filters;

/// <summary>A field with texts.</summary>
internal sealed class TextField : FilterField
{
    public required Func<IFilterSubject, string> Read { get; init; }

    /// <summary>No value has more bytes of UTF-8.</summary>
    public int MaximumBytes { get; init; } = int.MaxValue;

    public override string Type => "text";

    internal override IReadOnlyList<FilterOperator> Operators => FilterOperators.OfTexts;

    internal override string? Refuse(FilterOperator @operator, string value)
    {
        if (IsPattern(@operator))
        {
            return Patterns.Compile(value, out string fault) is null ? fault : null;
        }
        int bytes = Encoding.UTF8.GetByteCount(value);
        return bytes <= MaximumBytes ? null
            : $"{ConfigFault.Quote(value)} has {bytes} bytes, and no {Name} has more than {MaximumBytes}: try {ConfigFault.Quote(Cut(value))}";
    }

    internal override Comparison Compare(FilterOperator @operator, IReadOnlyList<string> values) => IsPattern(@operator)
        ? new PatternComparison(this, @operator, values[0], Patterns.Compile(values[0], out string fault) ?? throw new ArgumentException(fault))
        : new TextComparison(this, @operator, values);

    private static bool IsPattern(FilterOperator @operator) => @operator is FilterOperator.Match or FilterOperator.NotMatch;

    private string Cut(string value)
    {
        while (Encoding.UTF8.GetByteCount(value) > MaximumBytes)
        {
            value = value[..^1];
        }
        return value;
    }
}
