namespace Ipcscope.Cli;

/// <summary>How data is written.</summary>
internal enum OutputFormat
{
    /// <summary>Columns for people.</summary>
    Table,
    /// <summary>More columns.</summary>
    Wide,
    /// <summary>One object a line, base units.</summary>
    Json,
}
