namespace Ipcscope.Filters;

/// <summary>a or b or …</summary>
internal sealed class Disjunction(IReadOnlyList<FilterExpression> parts) : FilterExpression
{
    private readonly FilterExpression[] _parts = [.. parts];

    public IReadOnlyList<FilterExpression> Parts => _parts;

    public override IEnumerable<FilterField> Fields => _parts.SelectMany(part => part.Fields);

    public override bool Matches(IFilterSubject subject)
    {
        foreach (FilterExpression part in _parts)
        {
            if (part.Matches(subject))
            {
                return true;
            }
        }
        return false;
    }

    public override string ToString() => string.Join(" or ", _parts.Select(part => $"{part}"));

    internal override FilterExpression Negate() => new Conjunction([.. _parts.Select(part => part.Negate())]);
}
