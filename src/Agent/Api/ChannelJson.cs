using System.Text.Json;
using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Export;
using Ipcscope.Flows;

namespace Ipcscope.Api;

/// <summary>A channel.</summary>
internal static class ChannelJson
{
    private const int MostEndpoints = 64;

    /// <summary>As an object.</summary>
    public static void Write(Utf8JsonWriter json, ChannelRow row, double seconds)
    {
        json.WriteStartObject();
        Fields(json, row, seconds);
        json.WriteEndObject();
    }

    /// <summary>As fields of one.</summary>
    public static void Fields(Utf8JsonWriter json, ChannelRow row, double seconds)
    {
        FieldText.Write(json, row.Head);
        ActivityJson.SumsAndRates(json, row.Activity, seconds);
        Queue(json, row);
        json.WriteBoolean("listening"u8, row.Around.IsListening);
        FieldText.Write(json, row.Ends.Text);
        WaitJson.Write(json, "longest_wait", row.LongestWait);
    }

    /// <summary>What a channel is, as text.</summary>
    public static byte[] Head(Channel channel, string id) => FieldText.Make(json =>
    {
        json.WriteString("id"u8, id);
        json.WriteString("channel"u8, channel.Name);
        json.WriteString("mechanism"u8, Words.Mechanisms[(int)channel.Mechanism]);
        json.WriteString("kind"u8, LsChannel.KindOf(channel.Mechanism, channel.Kind));
        json.WriteNumber("inode"u8, channel.Key.Inode);
    });

    /// <summary>Who is at its ends.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<Endpoint> ends)
    {
        json.WriteStartArray("endpoints"u8);
        foreach (Endpoint end in ends.Take(MostEndpoints))
        {
            Write(json, end);
        }
        json.WriteEndArray();
    }

    private static void Queue(Utf8JsonWriter json, ChannelRow row)
    {
        if (row.Around.Queue is null && row.HighWater == 0)
        {
            return;
        }
        QueueState queue = row.Around.Queue ?? QueueState.Unknown;
        // A pipe's limit is of buffers, and its bytes have none.
        bool messages = row.Channel.IsOfMessages || queue.Unit == QueueUnit.Connections;
        QueueLevel level = messages ? queue.Items : queue.Bytes;
        json.WriteStartObject("queue"u8);
        if (level.IsKnown)
        {
            json.WriteNumber(messages ? "messages" : "bytes", level.Used);
        }
        if (level.Limit >= 0)
        {
            json.WriteNumber("limit"u8, level.Limit);
        }
        else if (queue.Unit == QueueUnit.Buffers && queue.Items.Limit >= 0)
        {
            json.WriteNumber("limit"u8, queue.Items.Limit * Environment.SystemPageSize);
        }
        if (row.HighWater > 0)
        {
            json.WriteNumber("high_water"u8, row.HighWater);
        }
        json.WriteBoolean("full"u8, queue.IsFull);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Endpoint end)
    {
        json.WriteStartObject();
        json.WriteString("process_id"u8, end.Id);
        json.WriteString("process"u8, end.Name);
        json.WriteNumber("pid"u8, end.Process.Pid);
        json.WriteString("direction"u8, (end.Access & (Access.Read | Access.Write)) switch
        {
            Access.Read => "read",
            Access.Write => "write",
            Access.None => "none",
            _ => "both",
        });
        json.WriteString("certainty"u8, Words.Certainties[(int)end.Certainty]);
        if (end.IsPeer)
        {
            json.WriteBoolean("peer"u8, true);
        }
        PlaceJson.Write(json, end.Place);
        json.WriteEndObject();
    }
}
