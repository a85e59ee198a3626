namespace Ipcscope.Filters;

/// <summary>A number compared.</summary>
internal sealed class NumberComparison(NumberField field, FilterOperator @operator, IReadOnlyList<string> values, ulong[] numbers)
    : Comparison(field, @operator, values)
{
    /// <summary>The values, in the same order.</summary>
    public IReadOnlyList<ulong> Numbers => numbers;

    public override bool Matches(IFilterSubject subject)
    {
        ulong number = field.Read(subject);
        return Operator switch
        {
            FilterOperator.Less => number < numbers[0],
            FilterOperator.LessOrEqual => number <= numbers[0],
            FilterOperator.Greater => number > numbers[0],
            FilterOperator.GreaterOrEqual => number >= numbers[0],
            FilterOperator.Equal or FilterOperator.In => numbers.AsSpan().Contains(number),
            _ => !numbers.AsSpan().Contains(number),
        };
    }

    internal override FilterExpression Negate() => new NumberComparison(field, Operator.Opposite(), Values, numbers);
}
