using System.Text.Json;
using Ipcscope.Dashboard.History;
using Ipcscope.Dashboard.State;

namespace Ipcscope.Dashboard.Serve;

/// <summary><c>/api/v1/history</c> and <c>/api/v1/heatmap</c>.</summary>
internal static class HistoryPage
{
    /// <summary>Answers with the points of a measure.</summary>
    public static async Task ServeAsync(HttpContext context, Fleet fleet, Memory memory, Prometheus? prometheus, DateTimeOffset now)
    {
        if (Question.Read(context.Request.Query, now, out string fault) is not { } question)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "the request makes no sense", fault);
            return;
        }
        ProcessName? process = question.Process.Length == 0 ? null : ProcessName.Find(fleet, question.Process);
        string query = PromQl.Of(question, process?.Name ?? "", process?.Pid ?? 0, process?.Node ?? "");
        // Metrics know neither channels nor processes that nobody knows any more.
        bool known = question.Channel.Length == 0 && (question.Process.Length == 0 || process is not null);
        List<Series> series = [];
        try
        {
            series = !known ? [] : prometheus is null ? memory.Answer(question) : await prometheus.AskAsync(query, question, context.RequestAborted);
        }
        catch (HttpRequestException unheard)
        {
            await Problem.WriteAsync(context, StatusCodes.Status502BadGateway, "Prometheus is not heard", $"{unheard.Message} (see prometheus.address)");
            return;
        }
        await JsonAnswer.SendAsync(context, json =>
        {
            json.WriteString("source", prometheus is null ? "memory" : "prometheus");
            if (known)
            {
                json.WriteString("promql", query);
            }
            json.WriteStartArray("series");
            series.ForEach(one => Write(json, one));
            json.WriteEndArray();
        });
    }

    /// <summary>Answers with the columns of the heatmap.</summary>
    public static async Task ServeHeatmapAsync(HttpContext context, Memory memory, DateTimeOffset now)
    {
        if (Question.Read(context.Request.Query, now, out string fault) is not { } question)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "the request makes no sense", fault);
            return;
        }
        await JsonAnswer.SendAsync(context, json =>
        {
            json.WriteStartArray("bounds_seconds");
            foreach (double bound in memory.Bounds)
            {
                json.WriteNumberValue(bound);
            }
            json.WriteEndArray();
            json.WriteStartArray("columns");
            foreach ((DateTimeOffset time, long[] counts) in memory.Columns(question.Mechanism, question.From, question.To))
            {
                json.WriteStartObject();
                json.WriteString("time", time.UtcDateTime);
                json.WriteStartArray("counts");
                foreach (long count in counts)
                {
                    json.WriteNumberValue(count);
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter json, Series series)
    {
        json.WriteStartObject();
        json.WriteStartObject("labels");
        foreach ((string name, string value) in series.Labels)
        {
            json.WriteString(name, value);
        }
        json.WriteEndObject();
        json.WriteStartArray("points");
        foreach ((double time, double value) in series.Points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(time);
            if (double.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue(); // JSON has no word for it
            }
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
