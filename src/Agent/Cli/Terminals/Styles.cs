namespace Ipcscope.Cli;

/// <summary>When output is coloured.</summary>
internal enum ColorMode
{
    /// <summary>On a terminal, unless NO_COLOR is set or TERM is dumb.</summary>
    Auto,
    /// <summary>Always.</summary>
    Always,
    /// <summary>Never.</summary>
    Never,
}

/// <summary>Colours by meaning, as ANSI sequences (ECMA-48 SGR); all empty where there shall be none.</summary>
internal sealed class Styles
{
    /// <summary>No colours at all.</summary>
    public static Styles None { get; } = new(false);

    /// <summary>Colours.</summary>
    public static Styles Colored { get; } = new(true);

    private Styles(bool on)
    {
        IsOn = on;
        Header = on ? "\e[1m" : "";
        Error = on ? "\e[31m" : "";
        Warning = on ? "\e[33m" : "";
        Good = on ? "\e[32m" : "";
        Faint = on ? "\e[2m" : "";
        Reverse = on ? "\e[7m" : "";
        Reset = on ? "\e[0m" : "";
    }

    /// <summary>Whether there are colours.</summary>
    public bool IsOn { get; }

    /// <summary>Headings.</summary>
    public string Header { get; }

    /// <summary>What went wrong.</summary>
    public string Error { get; }

    /// <summary>What deserves a look.</summary>
    public string Warning { get; }

    /// <summary>What is well.</summary>
    public string Good { get; }

    /// <summary>What matters less.</summary>
    public string Faint { get; }

    /// <summary>A bar.</summary>
    public string Reverse { get; }

    /// <summary>Ends any of the others.</summary>
    public string Reset { get; }

    /// <summary>Puts a text between a style and its end.</summary>
    public string Paint(string style, string text) => IsOn ? style + text + Reset : text;

    /// <summary>The styles for a descriptor. NO_COLOR counts if it is not empty (no-color.org).</summary>
    public static Styles For(ColorMode mode, int fd) => mode switch
    {
        ColorMode.Always => Colored,
        ColorMode.Never => None,
        _ => TerminalSize.IsTerminal(fd)
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb" ? Colored : None,
    };
}
