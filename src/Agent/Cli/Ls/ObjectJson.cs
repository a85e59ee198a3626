using System.Text.Json;
using Ipcscope.Export;
using Ipcscope.Objects;

namespace Ipcscope.Cli;

/// <summary>Objects as JSON: base units, RFC 3339; what does not apply is left out.</summary>
/// <param name="users">Names of owners.</param>
internal sealed class ObjectJson(UserNames users)
{
    /// <summary>One line an object.</summary>
    public string Line(IpcObject o) => JsonLine.Write(json => Write(json, o));

    /// <summary>As fields of an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="o">The object.</param>
    /// <param name="id">What the id of System V is called.</param>
    public void Write(Utf8JsonWriter json, IpcObject o, string id = "id")
    {
        json.WriteString("object", o.Name);
        json.WriteString("mechanism", Words.Mechanisms[(int)o.Mechanism]);
        json.WriteString("kind", LsObjects.KindOf(o));
        Number(json, id, o.Id);
        Number(json, "key", o.Key);
        Number(json, "inode", o.Inode);
        json.WriteString("owner", users.Of(o.Uid));
        json.WriteNumber("uid", o.Uid);
        if (o.Mode is { } mode)
        {
            json.WriteString("mode", ObjectText.Octal(mode));
        }
        Measures(json, o);
        Times(json, o);
        json.WriteString("state", LsObjects.StateOf(o));
        json.WriteString("place", o.Place);
        Users(json, o);
    }

    private static void Measures(Utf8JsonWriter json, IpcObject o)
    {
        Number(json, "messages", o.Messages);
        Number(json, "messages_limit", o.MessagesLimit);
        Number(json, "bytes", o.Bytes);
        Number(json, "bytes_limit", o.BytesLimit);
        Number(json, "size_bytes", o.Size);
        Number(json, "resident_bytes", o.Resident);
        Number(json, "attachments", o.Attachments);
        Number(json, "waiters", o.Waiters);
        Number(json, "semaphores", o.Semaphores);
        if (o.Semaphores is not null)
        {
            json.WriteStartArray("values");
            foreach (ushort value in o.Values)
            {
                json.WriteNumberValue(value);
            }
            json.WriteEndArray();
        }
    }

    private static void Times(Utf8JsonWriter json, IpcObject o)
    {
        Time(json, o.SinceCreation ? "created" : "exists_since", o.Since);
        Time(json, "last_used", o.LastUsed);
    }

    private static void Users(Utf8JsonWriter json, IpcObject o)
    {
        Number(json, "creator_pid", o.Creator);
        if (o.LastUsers.Count > 0)
        {
            json.WriteStartArray("last_pids");
            foreach (uint pid in o.LastUsers)
            {
                json.WriteNumberValue(pid);
            }
            json.WriteEndArray();
        }
        json.WriteStartArray("users");
        foreach (ObjectUser user in o.Users)
        {
            json.WriteStartObject();
            json.WriteString("process", user.Name);
            json.WriteNumber("pid", user.Pid);
            json.WriteNumber("descriptors", user.Descriptors);
            json.WriteNumber("mapped_bytes", user.Mapped);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, known.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ"));
        }
    }
}
