namespace Ipcscope.Filters;

/// <summary>How a field is compared.</summary>
internal enum FilterOperator
{
    Equal,
    NotEqual,
    In,
    NotIn,
    Match,
    NotMatch,
    Less,
    GreaterOrEqual,
    Greater,
    LessOrEqual,
}

/// <summary>What is known of operators.</summary>
internal static class FilterOperators
{
    private static readonly string[] Texts = ["=", "!=", "in", "not in", "~", "!~", "<", ">=", ">", "<="];

    /// <summary>Those of every field whose values are texts.</summary>
    public static IReadOnlyList<FilterOperator> OfTexts { get; } =
        [FilterOperator.Equal, FilterOperator.NotEqual, FilterOperator.In, FilterOperator.NotIn, FilterOperator.Match, FilterOperator.NotMatch];

    /// <summary>Those of every field whose values are numbers.</summary>
    public static IReadOnlyList<FilterOperator> OfNumbers { get; } =
    [
        FilterOperator.Equal, FilterOperator.NotEqual, FilterOperator.In, FilterOperator.NotIn,
        FilterOperator.Less, FilterOperator.LessOrEqual, FilterOperator.Greater, FilterOperator.GreaterOrEqual,
    ];

    /// <summary>As it is written.</summary>
    public static string Text(this FilterOperator @operator) => Texts[(int)@operator];

    /// <summary>True exactly when <paramref name="operator"/> is not: each stands beside its opposite.</summary>
    public static FilterOperator Opposite(this FilterOperator @operator) => (FilterOperator)((int)@operator ^ 1);

    /// <summary>Reads a symbol: all but <c>in</c> and <c>not in</c>.</summary>
    public static FilterOperator? FromSymbol(string text) => Array.IndexOf(Texts, text) is var index and >= 0 ? (FilterOperator)index : null;
}
