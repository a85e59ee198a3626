using System.Globalization;
using Ipcscope.Config;
using Ipcscope.Filters;

namespace Ipcscope.Api;

/// <summary>The parameters of a request.</summary>
internal sealed class Query
{
    private const int Most = 10000;
    private const int Usual = 1000;

    private readonly IQueryCollection _query;

    /// <summary>Refuses what the page does not have.</summary>
    /// <exception cref="RequestFault">A parameter is unknown, or there twice.</exception>
    public Query(IQueryCollection query, params string[] known)
    {
        _query = query;
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in query)
        {
            if (!known.Contains(name))
            {
                throw new RequestFault(StatusCodes.Status400BadRequest, "a parameter is unknown",
                    $"found \"{Shown(name)}\"{NearestName.Suggest(name, known)}; allowed: {(known.Length == 0 ? "none" : string.Join(", ", known))}");
            }
            if (values.Count != 1)
            {
                throw RequestFault.Parameter(name, string.Join(", ", values.Select(Shown)), "one value");
            }
        }
    }

    /// <summary>How many at most.</summary>
    public int Limit => Number("limit", Usual, 1, Most);

    /// <summary>How many are left out before.</summary>
    public int Offset => Number("offset", 0, 0, int.MaxValue);

    /// <summary>What rows are sorted by.</summary>
    public Order Order => Choice("sort", Order.Operations);

    /// <summary>What a node is.</summary>
    public ApiGroup Group => Choice("group", ApiGroup.Process);

    /// <summary>The filter.</summary>
    /// <param name="scope">What it will look at.</param>
    public Filter Filter(FilterScopes scope = FilterScopes.Flow)
    {
        string text = Text("filter").Trim();
        return FilterParser.TryParse(text, scope, out FilterExpression? expression, out FilterError? error)
            ? new Filter(text, expression)
            : throw new RequestFault(StatusCodes.Status400BadRequest, "the filter is wrong", $"filter: {error} (docs/filters.md)");
    }

    /// <summary>A whole number.</summary>
    public int Number(string name, int usual, int least, int most)
    {
        string text = Text(name);
        return text.Length == 0 && !_query.ContainsKey(name) ? usual
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number
            : throw RequestFault.Parameter(name, Shown(text), $"a whole number from {least} to {most}");
    }

    private T Choice<T>(string name, T usual)
        where T : struct, Enum
    {
        string text = Text(name);
        if (text.Length == 0 && !_query.ContainsKey(name))
        {
            return usual;
        }
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        int index = Array.IndexOf(words, text);
        return index >= 0 ? Enum.GetValues<T>()[index] : throw RequestFault.Parameter(name, Shown(text), string.Join(", ", words));
    }

    private string Text(string name) => _query[name].FirstOrDefault() ?? "";

    private static string Shown(string? text) => text is null ? "" : Decode.Unprintable.Replace(text.Length > 60 ? $"{text.AsSpan(0, 60)}…" : text);
}
