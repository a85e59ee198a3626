using System.Text.Json;
using Ipcscope.Decode;

namespace Ipcscope.Cli;

/// <summary>How full a channel is, as people and programs read it.</summary>
internal static class QueueText
{
    /// <summary>
    /// <c>2/16 buffers, 5 KiB</c> of a pipe, <c>3/128 waiting</c> of a listening socket, <c>3/10 msgs, 4 KiB of 80 KiB</c> of a queue,
    /// <c>1.2 KiB, memory 3 KiB of 128 KiB</c> of a socket; <c>-</c>: none.
    /// </summary>
    public static string Of(in QueueState queue)
    {
        List<string> parts = [];
        if (queue.Unit == QueueUnit.Connections)
        {
            return $"{Items(queue.Items)} waiting";
        }
        if (queue.Unit == QueueUnit.Buffers)
        {
            parts.Add($"{Items(queue.Items)} buffers");
        }
        else if (queue.Unit == QueueUnit.Messages && (queue.Items.Limit > 0 || !queue.Bytes.IsKnown))
        {
            parts.Add($"{Items(queue.Items)} msgs");
        }
        if (queue.Bytes.IsKnown)
        {
            parts.Add(queue.Unit == QueueUnit.Buffers ? Size(queue.Bytes.Used) : Bytes(queue.Bytes));
        }
        AddUsed(parts, "memory", queue.Memory);
        AddUsed(parts, "sent", queue.Sent);
        return parts.Count == 0 ? "-" : string.Join(", ", parts);
    }

    /// <summary>The same in base units; what does not apply is left out.</summary>
    public static void Write(Utf8JsonWriter json, in QueueState queue)
    {
        string unit = queue.Unit switch { QueueUnit.Buffers => "buffers", QueueUnit.Connections => "connections", _ => "messages" };
        Write(json, unit, queue.Items);
        Write(json, "bytes", queue.Bytes);
        Write(json, "memory_bytes", queue.Memory);
        if (queue.Sent.IsKnown)
        {
            json.WriteNumber("sent_memory_bytes", queue.Sent.Used);
            json.WriteNumber("sent_memory_limit_bytes", queue.Sent.Limit);
        }
    }

    private static void Write(Utf8JsonWriter json, string unit, in QueueLevel level)
    {
        if (level.IsKnown)
        {
            json.WriteNumber($"queued_{unit}", level.Used);
        }
        if (level.Limit >= 0)
        {
            json.WriteNumber($"capacity_{unit}", level.Limit);
        }
    }

    private static void AddUsed(List<string> parts, string word, in QueueLevel level)
    {
        if (level.Used > 0)
        {
            parts.Add($"{word} {Bytes(level)}");
        }
    }

    private static string Items(in QueueLevel level) => level.Limit < 0 ? $"{level.Used}" : $"{level.Used}/{level.Limit}";

    private static string Bytes(in QueueLevel level) => level.Limit < 0 ? Size(level.Used) : $"{Size(level.Used)} of {Size(level.Limit)}";

    private static string Size(long bytes) => Units.Size((ulong)bytes);
}
