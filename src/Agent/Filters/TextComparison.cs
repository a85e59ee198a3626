namespace Ipcscope.Filters;

/// <summary>A text that is, or is not, one of some. Upper and lower case differ.</summary>
internal sealed class TextComparison(TextField field, FilterOperator @operator, IReadOnlyList<string> values) : Comparison(field, @operator, values)
{
    private readonly string[] _values = [.. values];

    public override bool Matches(IFilterSubject subject)
    {
        string text = field.Read(subject);
        bool found = false;
        foreach (string value in _values)
        {
            found |= string.Equals(text, value, StringComparison.Ordinal);
        }
        return found == Operator is FilterOperator.Equal or FilterOperator.In;
    }

    internal override FilterExpression Negate() => new TextComparison(field, Operator.Opposite(), Values);
}
