namespace Ipcscope.Filters;

/// <summary>A field with a fixed set of values: the answer for each is known beforehand.</summary>
internal sealed class ChoiceComparison(ChoiceField field, FilterOperator @operator, IReadOnlyList<string> values, bool[] answers)
    : Comparison(field, @operator, values)
{
    public override bool Matches(IFilterSubject subject) => answers[field.Read(subject)];

    internal override FilterExpression Negate() => new ChoiceComparison(field, Operator.Opposite(), Values, [.. answers.Select(answer => !answer)]);
}
