using System.Diagnostics.CodeAnalysis;
using Ipcscope.Config;

namespace Ipcscope.Filters;

/// <summary>
/// Reads filters: comparisons joined by <c>and</c>, <c>or</c> (which binds less), <c>not</c> (which binds most) and brackets. Negations are pushed down to the
/// comparisons at once: <c>not (a = 1 or b = 2)</c> becomes <c>a != 1 and b != 2</c>.
/// </summary>
public sealed class FilterParser
{
    // Filters come over the network, too: neither the stack nor the time they take may be without bound.
    private const int MaximumLength = 4096;
    private const int MaximumDepth = 64;

    private readonly FilterScopes _scope;
    private readonly List<Token> _tokens;
    private FilterError? _error;
    private int _at;
    private int _depth;

    private FilterParser(List<Token> tokens, FilterScopes scope)
    {
        _tokens = tokens;
        _scope = scope;
    }

    /// <summary>The words that need quotes to be values.</summary>
    internal static IReadOnlyList<string> Words { get; } = ["and", "or", "not", "in"];

    private Token Next => _tokens[_at];

    /// <summary>Reads a filter.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="scope">What it will look at.</param>
    /// <param name="expression">The filter; null if the text is blank, which lets everything through.</param>
    /// <param name="error">The first thing that is wrong.</param>
    public static bool TryParse(string text, FilterScopes scope, out FilterExpression? expression, [NotNullWhen(false)] out FilterError? error)
    {
        expression = null;
        error = text.Length > MaximumLength ? new(MaximumLength + 1, $"the filter has {text.Length} characters; allowed: {MaximumLength}") : null;
        if (error is not null || string.IsNullOrWhiteSpace(text))
        {
            return error is null;
        }
        List<Token> tokens = FilterLexer.Read(text, out error);
        if (error is null)
        {
            var parser = new FilterParser(tokens, scope);
            FilterExpression? whole = parser.ReadAlternatives();
            if (whole is not null && parser.Next.Kind != TokenKind.End)
            {
                whole = parser.Fail(parser.Next, parser.Next.IsSymbol(")")
                    ? "\")\" without \"(\""
                    : $"found {parser.Next.Shown}; allowed: and, or, the end{Translate(parser.Next)}");
            }
            (expression, error) = (whole, parser._error);
        }
        return error is null;
    }

    private FilterExpression? ReadAlternatives() => ReadJoined("or", ReadConditions, parts => new Disjunction(parts));

    private FilterExpression? ReadConditions() => ReadJoined("and", ReadTerm, parts => new Conjunction(parts));

    private FilterExpression? ReadJoined(string word, Func<FilterExpression?> readPart, Func<List<FilterExpression>, FilterExpression> join)
    {
        List<FilterExpression> parts = [];
        do
        {
            if (readPart() is not FilterExpression part)
            {
                return null;
            }
            parts.Add(part);
        }
        while (Skip(Next.Is(word)));
        return parts.Count == 1 ? parts[0] : join(parts);
    }

    private FilterExpression? ReadTerm()
    {
        Token first = Next;
        bool negated = Skip(first.Is("not"));
        if (!negated && !Skip(first.IsSymbol("(")))
        {
            return ReadComparison();
        }
        if (++_depth > MaximumDepth)
        {
            return Fail(first, $"nested too deep; allowed: {MaximumDepth} levels");
        }
        FilterExpression? inner = negated ? ReadTerm()?.Negate() : ReadAlternatives();
        if (inner is not null && !negated && !Skip(Next.IsSymbol(")")))
        {
            return Fail(Next, $"found {Next.Shown}; allowed: and, or, \")\" for the \"(\" in column {first.Column}{Translate(Next)}");
        }
        _depth--;
        return inner;
    }

    private Comparison? ReadComparison()
    {
        Token name = Next;
        string[] known = [.. FilterFields.KnownIn(_scope)];
        if (name.Kind != TokenKind.Word || Words.Contains(name.Text, StringComparer.OrdinalIgnoreCase))
        {
            return Fail(name, $"found {name.Shown}; allowed: not, \"(\", a field ({string.Join(", ", known)}){Translate(name)}");
        }
        FilterField? field = FilterFields.All.FirstOrDefault(candidate => candidate.Name == name.Text);
        if (field is null)
        {
            return Fail(name, $"unknown field {name.Shown}{NearestName.Suggest(name.Text, known)}; allowed: {string.Join(", ", known)}");
        }
        if (!field.Scopes.HasFlag(_scope))
        {
            return Fail(name, $"{field.Name} is not known of {Describe(_scope)}, only of {Describe(field.Scopes)}; allowed here: {string.Join(", ", known)}");
        }
        _at++;
        return ReadOperator(field) is FilterOperator @operator && ReadValues(field, @operator) is List<string> values ? field.Compare(@operator, values) : null;
    }

    private FilterOperator? ReadOperator(FilterField field)
    {
        Token token = Next;
        bool negated = Skip(token.Is("not"));
        FilterOperator? found = Next.Is("in") ? negated ? FilterOperator.NotIn : FilterOperator.In
            : !negated && token.Kind == TokenKind.Symbol ? FilterOperators.FromSymbol(token.Text) : null;
        if (found is null || !field.Operators.Contains(found.Value))
        {
            Fail(token, $"found {token.Shown} after {field.Name}; allowed: {string.Join(' ', field.Operators.Select(FilterOperators.Text))}{Translate(token)}");
            return null;
        }
        _at++;
        return found;
    }

    private List<string>? ReadValues(FilterField field, FilterOperator @operator)
    {
        bool many = @operator is FilterOperator.In or FilterOperator.NotIn;
        if (many && !Skip(Next.IsSymbol("(")))
        {
            Fail(Next, $"found {Next.Shown} after in; allowed: values in brackets, such as {field.Name} in (a, b)");
            return null;
        }
        List<string> values = [];
        do
        {
            if (ReadValue(field, @operator) is not string value)
            {
                return null;
            }
            values.Add(value);
        }
        while (many && Skip(Next.IsSymbol(",")));
        if (many && !Skip(Next.IsSymbol(")")))
        {
            Fail(Next, $"found {Next.Shown}; allowed: \",\" and a further value, \")\"");
            return null;
        }
        return values;
    }

    private string? ReadValue(FilterField field, FilterOperator @operator)
    {
        Token token = Next;
        if (token.Kind is TokenKind.End or TokenKind.Symbol)
        {
            Fail(token, $"found {token.Shown}; allowed: a value for {field.Name}, such as in {field.Example}");
            return null;
        }
        if (token.Kind == TokenKind.Word && Words.Contains(token.Text, StringComparer.OrdinalIgnoreCase))
        {
            Fail(token, $"found {token.Text}, a word of the language; write it in quotes if {field.Name} has that value");
            return null;
        }
        _at++;
        // "41 µs", as the output writes it.
        string value = token.Kind == TokenKind.Word && Next.Kind == TokenKind.Word && field.IsUnit(Next.Text) && !token.Text.Any(char.IsLetter)
            ? $"{token.Text} {_tokens[_at++].Text}" : token.Text;
        if (field.Refuse(@operator, value) is string fault)
        {
            Fail(token, fault);
            return null;
        }
        return value;
    }

    private bool Skip(bool condition)
    {
        _at += condition ? 1 : 0;
        return condition;
    }

    private Comparison? Fail(Token token, string message)
    {
        _error ??= new(token.Column, message);
        return null;
    }

    private static string Describe(FilterScopes scopes) => string.Join(" and ", new[]
    {
        scopes.HasFlag(FilterScopes.Operation) ? "single operations" : "",
        scopes.HasFlag(FilterScopes.Flow) ? "flows" : "",
        scopes.HasFlag(FilterScopes.Series) ? "metrics" : "",
    }.Where(text => text.Length > 0));

    // What other languages write.
    private static string Translate(Token token) => token.Kind == TokenKind.Quoted ? "" : token.Text switch
    {
        "==" => " (equal is \"=\")",
        "=~" => " (a regular expression matches with \"~\")",
        "&&" or "&" => " (both is \"and\")",
        "||" or "|" => " (either is \"or\")",
        "!" => " (the opposite is \"not\")",
        _ => "",
    };
}
