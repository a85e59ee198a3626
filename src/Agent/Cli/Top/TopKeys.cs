using System.Text;

namespace Ipcscope.Cli;

/// <summary>What keys do.</summary>
internal static class TopKeys
{
    /// <summary>All keys, for the help.</summary>
    public static readonly (string Key, string Effect)[] All =
    [
        ("q", "quit"),
        ("space", "pause, and go on"),
        ("tab", "channels or processes"),
        ("s", "next order: o ops b bytes 5 p50 9 p99 e errors n name"),
        ("r", "reverse the order"),
        ("/", "filter, such as: mechanism = unix and process ~ \"^redis\" (empty: none)"),
        ("+ -", "longer or shorter interval"),
        ("↑ ↓ page home end", "scroll"),
        ("?", "this help, and back"),
    ];

    /// <summary>Applies a key.</summary>
    /// <param name="state">Changed.</param>
    /// <param name="key">What was pressed.</param>
    /// <param name="page">Rows on the screen.</param>
    /// <param name="setFilter">Puts a filter to work; returns what is wrong with it, or an empty string.</param>
    public static void Apply(TopState state, Key key, int page, Func<string, string> setFilter)
    {
        if (state.Typing is { } typing)
        {
            Type(state, typing, key, setFilter);
            return;
        }
        state.Fault = "";
        switch (key.Kind)
        {
            case KeyKind.Up or KeyKind.Down or KeyKind.PageUp or KeyKind.PageDown or KeyKind.Home or KeyKind.End:
                state.First = Math.Max(0, Scroll(state.First, key.Kind, Math.Max(1, page)));
                break;
            case KeyKind.Tab:
                state.View = state.View == TopView.Channels ? TopView.Processes : TopView.Channels;
                state.First = 0;
                break;
            case KeyKind.Escape:
                state.Help = false;
                break;
            case KeyKind.Text:
                Press(state, key.Text);
                break;
        }
    }

    private static int Scroll(int first, KeyKind key, int page) => key switch
    {
        KeyKind.Up => first - 1,
        KeyKind.Down => first + 1,
        KeyKind.PageUp => first - page,
        KeyKind.PageDown => first + page,
        KeyKind.Home => 0,
        _ => int.MaxValue, // the screen knows where the end is
    };

    private static void Press(TopState state, Rune text)
    {
        switch (text.Value)
        {
            case 'q' or 'Q':
                state.Quit = true;
                break;
            case ' ':
                state.Paused = !state.Paused;
                break;
            case '?' or 'h':
                state.Help = !state.Help;
                break;
            case '/':
                state.Typing = state.Filter;
                break;
            case '+' or '=':
                state.ChangeInterval(1);
                break;
            case '-':
                state.ChangeInterval(-1);
                break;
            case 'r':
                state.Reverse = !state.Reverse;
                break;
            case 's':
                state.ChangeSort();
                break;
            default:
                state.Sort = Order(text.Value) ?? state.Sort;
                break;
        }
    }

    private static TopSort? Order(int letter) => letter switch
    {
        'o' => TopSort.Ops,
        'b' => TopSort.Bytes,
        '5' => TopSort.P50,
        '9' => TopSort.P99,
        'e' => TopSort.Errors,
        'n' => TopSort.Name,
        _ => null,
    };

    private static void Type(TopState state, string typing, Key key, Func<string, string> setFilter)
    {
        switch (key.Kind)
        {
            case KeyKind.Text:
                state.Typing = typing + key.Text;
                break;
            case KeyKind.Backspace:
                state.Typing = typing.Length > 0 ? typing[..^(char.IsLowSurrogate(typing[^1]) ? 2 : 1)] : null;
                state.Fault = "";
                break;
            case KeyKind.Escape:
                state.Typing = null;
                state.Fault = "";
                break;
            case KeyKind.Enter:
                state.Fault = setFilter(typing.Trim());
                if (state.Fault.Length == 0)
                {
                    (state.Filter, state.Typing, state.First) = (typing.Trim(), null, 0);
                }
                break;
        }
    }
}
