using Ipcscope.Capture;

namespace Ipcscope.Export;

/// <summary>
/// Whether the agent lives (it answers) and is ready: every program is attached but those that the kernel refuses and the rest works without. To take the
/// agent out would lose that rest, too, so it is ready then, and says what it does without.
/// </summary>
internal sealed class Health(ICaptureStatistics capture)
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps <c>/livez</c> and <c>/readyz</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/livez", Methods, (RequestDelegate)(static context => AnswerAsync(context, StatusCodes.Status200OK, "ok")));
        routes.MapMethods("/readyz", Methods, (RequestDelegate)AnswerReadyAsync);
    }

    private Task AnswerReadyAsync(HttpContext context)
    {
        ProgramStatistics[] programs = capture.ReadPrograms();
        IReadOnlyList<MissingPart> without = capture.Missing;
        string[] missing = [.. programs.Where(static program => !program.Attached).Select(static program => program.Name).Except(without.SelectMany(static part => part.Programs))];
        if (programs.Length == 0 || missing.Length != 0)
        {
            string why = programs.Length == 0 ? "no program is loaded" : $"not attached: {string.Join(", ", missing)}";
            return AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, $"not ready: {why}");
        }
        return AnswerAsync(context, StatusCodes.Status200OK, string.Join('\n', ["ok", .. without.Select(static part => part.ToString())]));
    }

    private static Task AnswerAsync(HttpContext context, int status, string line)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(line + "\n", context.RequestAborted);
    }
}
