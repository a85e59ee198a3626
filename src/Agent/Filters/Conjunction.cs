namespace Ipcscope.Filters;

/// <summary>a and b and …</summary>
internal sealed class Conjunction(IReadOnlyList<FilterExpression> parts) : FilterExpression
{
    private readonly FilterExpression[] _parts = [.. parts];

    public IReadOnlyList<FilterExpression> Parts => _parts;

    public override IEnumerable<FilterField> Fields => _parts.SelectMany(part => part.Fields);

    public override bool Matches(IFilterSubject subject)
    {
        foreach (FilterExpression part in _parts)
        {
            if (!part.Matches(subject))
            {
                return false;
            }
        }
        return true;
    }

    public override string ToString() => string.Join(" and ", _parts.Select(part => part is Disjunction ? $"({part})" : $"{part}"));

    internal override FilterExpression Negate() => new Disjunction([.. _parts.Select(part => part.Negate())]);
}
