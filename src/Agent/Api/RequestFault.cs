using Ipcscope.Cli;

namespace Ipcscope.Api;

/// <summary>A request cannot be answered. It becomes a problem document (RFC 9457).</summary>
/// <param name="status">The status.</param>
/// <param name="title">What kind of problem.</param>
/// <param name="detail">What was found and what is allowed.</param>
internal sealed class RequestFault(int status, string title, string detail) : Exception(detail)
{
    /// <summary>The status.</summary>
    public int Status => status;

    /// <summary>What kind of problem.</summary>
    public string Title => title;

    /// <summary>A parameter is wrong.</summary>
    public static RequestFault Parameter(string name, string found, string allowed) =>
        new(StatusCodes.Status400BadRequest, "a parameter is wrong", $"{name}: found \"{found}\"; allowed: {allowed}");

    /// <summary>Something is not there, or not any more.</summary>
    public static RequestFault Gone(string what) =>
        new(StatusCodes.Status404NotFound, $"there is no such {what}", $"no {what} has this id now: it may have ended since the id was read");
}
