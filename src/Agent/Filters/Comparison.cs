namespace Ipcscope.Filters;

/// <summary>A field, an operator and values.</summary>
internal abstract class Comparison(FilterField field, FilterOperator @operator, IReadOnlyList<string> values) : FilterExpression
{
    public FilterField Field { get; } = field;

    public FilterOperator Operator { get; } = @operator;

    /// <summary>The values as texts, in the order they were given; one unless the operator is <c>in</c> or <c>not in</c>.</summary>
    public IReadOnlyList<string> Values { get; } = values;

    public override IEnumerable<FilterField> Fields => [Field];

    public override string ToString() => Operator is FilterOperator.In or FilterOperator.NotIn
        ? $"{Field.Name} {Operator.Text()} ({string.Join(", ", Values.Select(FilterLexer.Quote))})"
        : $"{Field.Name} {Operator.Text()} {FilterLexer.Quote(Values[0])}";
}
