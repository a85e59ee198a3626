using Ipcscope.Capture;

namespace Ipcscope.Export;

/// <summary>
/// Whether the agent lives (it answers) and is ready: every program is attached but those that the kernel refuses and the rest works without. To take the
/// agent out would lose that rest, too, so it is ready then, and says what it does without.
/// </summary>
/// <param name="capture">The programs.</param>
/// <param name="scrape">What is shown beside operations; null: nothing is.</param>
internal sealed class Health(ICaptureStatistics capture, IpcScrape? scrape = null)
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps <c>/livez</c> and <c>/readyz</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/livez", Methods, (RequestDelegate)(static context => AnswerAsync(context, StatusCodes.Status200OK, "ok")));
        routes.MapMethods("/readyz", Methods, (RequestDelegate)AnswerReadyAsync);
    }

    /// <summary>What is not attached, and not known to be refused; null: it is ready.</summary>
    public static string? WhyNotReady(IReadOnlyList<ProgramStatistics> programs, IReadOnlyList<MissingPart> refused)
    {
        string[] missing = [.. programs.Where(static program => !program.Attached).Select(static program => program.Name).Except(refused.SelectMany(static part => part.Programs))];
        return programs.Count == 0 ? "no program is loaded"
            : missing.Length > 0 ? $"not attached: {string.Join(", ", missing)}"
            : null;
    }

    private Task AnswerReadyAsync(HttpContext context)
    {
        return WhyNotReady(capture.ReadPrograms(), capture.Missing) is { } why
            ? AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, $"not ready: {why}")
            : AnswerAsync(context, StatusCodes.Status200OK, string.Join('\n', ["ok", .. capture.Missing.Concat(scrape?.Missing ?? []).Select(static part => part.ToString())]));
    }

    private static Task AnswerAsync(HttpContext context, int status, string line)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(line + "\n", context.RequestAborted);
    }
}
