using System.Buffers;
using System.Text;
using Ipcscope.Config;

namespace Ipcscope.Filters;

/// <summary>The kinds of tokens.</summary>
internal enum TokenKind
{
    /// <summary>Letters and whatever else has no meaning of its own.</summary>
    Word,
    /// <summary>A text in quotes.</summary>
    Quoted,
    /// <summary>A bracket, a comma or a symbol that compares.</summary>
    Symbol,
    /// <summary>There is no more.</summary>
    End,
}

/// <summary>A piece of a filter.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its text, without quotes.</param>
/// <param name="Column">Where it begins, from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Column)
{
    /// <summary>Whether it is this word of the language.</summary>
    public bool Is(string word) => Kind is TokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is this symbol.</summary>
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>For messages.</summary>
    public string Shown => Kind == TokenKind.End ? "the end" : ConfigFault.Quote(Text);
}

/// <summary>Cuts a filter into tokens.</summary>
internal static class FilterLexer
{
    private static readonly SearchValues<char> EndsOfWords = SearchValues.Create(" \t\r\n\f\v()\"',=!~<>");

    /// <summary>All tokens, the end included.</summary>
    public static List<Token> Read(string text, out FilterError? error)
    {
        error = null;
        List<Token> tokens = [];
        int at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            if (at == text.Length)
            {
                tokens.Add(new(TokenKind.End, "", at + 1));
                return tokens;
            }
            Token token = text[at] is '"' or '\'' ? Quoted(text, ref at) : EndsOfWords.Contains(text[at]) ? Symbol(text, ref at) : Word(text, ref at);
            if (token.Kind == TokenKind.End)
            {
                error = new(token.Column, $"the quote {token.Text} is not closed");
                return tokens;
            }
            tokens.Add(token);
        }
    }

    /// <summary>A value as it can be written, in quotes unless a word stands for itself.</summary>
    public static string Quote(string value)
    {
        bool isWord = value.Length > 0 && !value.AsSpan().ContainsAny(EndsOfWords) && !value.Any(char.IsWhiteSpace)
            && !FilterParser.Words.Contains(value, StringComparer.OrdinalIgnoreCase);
        return isWord ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static Token Word(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && !EndsOfWords.Contains(text[at]) && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }
        return new(TokenKind.Word, text[start..at], start + 1);
    }

    private static Token Symbol(string text, ref int at)
    {
        int start = at++;
        // != !~ <= >=, and == and =~, which other languages have: the parser says what they are called here.
        if (at < text.Length && text[start] is '!' or '<' or '>' or '=' && text[at] is '=' or '~')
        {
            at++;
        }
        return new(TokenKind.Symbol, text[start..at], start + 1);
    }

    // A quote inside is written twice. A backslash is a backslash: regular expressions are full of them.
    private static Token Quoted(string text, ref int at)
    {
        int start = at;
        char quote = text[at++];
        var value = new StringBuilder();
        while (at < text.Length)
        {
            if (text[at] != quote)
            {
                value.Append(text[at++]);
            }
            else if (at + 1 < text.Length && text[at + 1] == quote)
            {
                value.Append(quote);
                at += 2;
            }
            else
            {
                at++;
                return new(TokenKind.Quoted, value.ToString(), start + 1);
            }
        }
        return new(TokenKind.End, quote.ToString(), start + 1);
    }
}
