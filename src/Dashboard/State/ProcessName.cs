using System.Text.Json;

namespace Ipcscope.Dashboard.State;

/// <summary>How metrics call a process.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pid">Its number.</param>
/// <param name="Node">Its machine.</param>
internal sealed record ProcessName(string Name, int Pid, string Node)
{
    /// <summary>Of a process by its id; null: nobody knows it.</summary>
    public static ProcessName? Find(Fleet fleet, string id)
    {
        byte[]? text;
        lock (fleet.Gate)
        {
            text = fleet.Find(Kind.Processes, id)?.Json;
        }
        if (text is null)
        {
            return null;
        }
        using var json = JsonDocument.Parse(text);
        JsonElement root = json.RootElement;
        return root.TryGetProperty("process", out JsonElement name) && root.TryGetProperty("pid", out JsonElement pid) && pid.TryGetInt32(out int number)
            ? new(name.GetString() ?? "", number, id.Split('/')[0])
            : null;
    }
}
