using System.Text.Json;

namespace Ipcscope.Dashboard.State;

/// <summary>What people call an item.</summary>
internal static class ItemName
{
    /// <summary>Its channel, process, summary or name, then its id; for sorting.</summary>
    public static string Of(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        string id = "";
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isName = reader.ValueTextEquals("channel"u8) || reader.ValueTextEquals("process"u8) || reader.ValueTextEquals("summary"u8) || reader.ValueTextEquals("name"u8);
            bool isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && (isName || isId))
            {
                if (isName)
                {
                    return $"{reader.GetString()}\0{id}";
                }
                id = reader.GetString()!;
            }
            reader.Skip();
        }
        return id;
    }
}
