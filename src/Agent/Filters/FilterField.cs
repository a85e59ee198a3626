namespace Ipcscope.Filters;

/// <summary>A name that filters know.</summary>
public abstract class FilterField
{
    /// <summary>How it is written.</summary>
    public required string Name { get; init; }

    /// <summary>What it means, with its unit.</summary>
    public required string Meaning { get; init; }

    /// <summary>A comparison with it.</summary>
    public required string Example { get; init; }

    /// <summary>Where it can be used.</summary>
    public required FilterScopes Scopes { get; init; }

    /// <summary>Which comparisons the kernel decides, at the top of an expression; empty: none.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>The kind of its values: <c>number</c>, <c>duration</c>, <c>size</c>, <c>text</c>, <c>name</c>.</summary>
    public abstract string Type { get; }

    /// <summary>What it can be compared by.</summary>
    internal abstract IReadOnlyList<FilterOperator> Operators { get; }

    /// <summary>Whether a value may be two words, a number and a unit.</summary>
    internal virtual bool IsUnit(string word) => false;

    /// <summary>What is wrong with a value; null: nothing.</summary>
    internal abstract string? Refuse(FilterOperator @operator, string value);

    /// <summary>The comparison, of values that are not refused.</summary>
    internal abstract Comparison Compare(FilterOperator @operator, IReadOnlyList<string> values);
}
