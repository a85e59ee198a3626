using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ipcscope.Config;

namespace Ipcscope.Filters;

/// <summary>A field whose values have numbers and names.</summary>
internal sealed class ChoiceField : FilterField
{
    /// <summary>Reads the number.</summary>
    public required Func<IFilterSubject, int> Read { get; init; }

    /// <summary>The name of each number; null: the number does not occur.</summary>
    public required ImmutableArray<string?> Names { get; init; }

    /// <summary>The names, for people.</summary>
    public required string Allowed { get; init; }

    public override string Type => "name";

    internal override IReadOnlyList<FilterOperator> Operators => FilterOperators.OfTexts;

    internal override string? Refuse(FilterOperator @operator, string value) => @operator is FilterOperator.Match or FilterOperator.NotMatch
        ? Patterns.Compile(value, out string fault) is null ? fault : null
        : Names.Contains(value) ? null
        : $"unknown {Name} {ConfigFault.Quote(value)}{NearestName.Suggest(value, Names.OfType<string>())}; allowed: {Allowed}";

    internal override Comparison Compare(FilterOperator @operator, IReadOnlyList<string> values)
    {
        bool positive = @operator is FilterOperator.Equal or FilterOperator.In or FilterOperator.Match;
        bool[] answers = [.. Enumerable.Repeat(!positive, Names.Length)];
        foreach (int number in @operator is FilterOperator.Match or FilterOperator.NotMatch ? Matching(values[0]) : values.Select(Number))
        {
            answers[number] = positive;
        }
        return new ChoiceComparison(this, @operator, values, answers);
    }

    private int Number(string name) => Names.IndexOf(name);

    private IEnumerable<int> Matching(string pattern)
    {
        Regex regex = Patterns.Compile(pattern, out string fault) ?? throw new ArgumentException(fault);
        return Enumerable.Range(0, Names.Length).Where(number => regex.IsMatch(Names[number] ?? ""));
    }
}
