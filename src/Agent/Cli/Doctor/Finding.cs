namespace Ipcscope.Cli;

/// <summary>How a check ended.</summary>
internal enum Verdict
{
    /// <summary>All is well.</summary>
    Ok,
    /// <summary>It works, and something is lacking.</summary>
    Warn,
    /// <summary>It cannot work.</summary>
    Fail,
}

/// <summary>What a check of <c>doctor</c> found.</summary>
/// <param name="Check">The name of the check.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Detail">What is the case.</param>
/// <param name="Cost">What the lack costs, and what to do, or what a choice costs; empty if nothing.</param>
/// <param name="Status">The exit status of a failure: 3, 4 or 1; else 0.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Detail, string Cost = "", int Status = ExitStatus.Success)
{
    /// <summary>All is well.</summary>
    public static Finding Ok(string check, string detail, string cost = "") => new(check, Verdict.Ok, detail, cost);

    /// <summary>It works, and something is lacking.</summary>
    public static Finding Warn(string check, string detail, string cost) => new(check, Verdict.Warn, detail, cost);

    /// <summary>It cannot work.</summary>
    public static Finding Fail(string check, int status, string detail, string cost) => new(check, Verdict.Fail, detail, cost, status);
}
