using System.Text.RegularExpressions;

namespace Ipcscope.Filters;

/// <summary>A text that a regular expression finds, or does not find, something in.</summary>
internal sealed class PatternComparison(TextField field, FilterOperator @operator, string pattern, Regex regex) : Comparison(field, @operator, [pattern])
{
    public override bool Matches(IFilterSubject subject) => regex.IsMatch(field.Read(subject)) == (Operator == FilterOperator.Match);

    internal override FilterExpression Negate() => new PatternComparison(field, Operator.Opposite(), pattern, regex);
}
