using System.Globalization;
using System.Text.Json;

namespace Ipcscope.Tests.Api;

/// <summary>
/// Holds documents against the schemas of an OpenAPI document. It knows what that document uses of JSON Schema and refuses the rest: a keyword that was overlooked
/// would let everything through.
/// </summary>
internal sealed class SchemaCheck(JsonElement openApi)
{
    private const string Reference = "#/components/schemas/";

    private static readonly string[] Known =
        ["$ref", "type", "properties", "required", "additionalProperties", "items", "maxItems", "enum", "const", "minimum", "maximum", "oneOf", "format", "description", "default"];

    private readonly List<string> _faults = [];

    /// <summary>The schema of the good answer of a path.</summary>
    public JsonElement SchemaOf(string path) => openApi.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses").GetProperty("200")
        .GetProperty("content").EnumerateObject().Single().Value.GetProperty("schema");

    /// <summary>A schema by its name.</summary>
    public JsonElement Named(string name) => openApi.GetProperty("components").GetProperty("schemas").GetProperty(name);

    /// <summary>What is wrong with a document.</summary>
    public IReadOnlyList<string> Faults(JsonElement document, JsonElement schema)
    {
        _faults.Clear();
        Check(document, schema, "$");
        return [.. _faults];
    }

    private void Check(JsonElement value, JsonElement schema, string at)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (!Known.Contains(keyword.Name))
            {
                throw new InvalidOperationException($"the schema of {at} says {keyword.Name}, which is not checked here");
            }
            CheckKeyword(value, keyword, schema, at);
        }
    }

    private void CheckKeyword(JsonElement value, JsonProperty keyword, JsonElement schema, string at)
    {
        JsonElement rule = keyword.Value;
        switch (keyword.Name)
        {
            case "$ref":
                Check(value, Named(rule.GetString()!.Replace(Reference, "", StringComparison.Ordinal)), at);
                break;
            case "type":
                string[] types = rule.ValueKind == JsonValueKind.Array ? [.. rule.EnumerateArray().Select(type => type.GetString()!)] : [rule.GetString()!];
                Expect(Array.Exists(types, type => IsA(value, type)), at, $"is {value.ValueKind}, not {string.Join(" or ", types)}");
                break;
            case "const":
                Expect(rule.GetRawText() == value.GetRawText(), at, $"is {value.GetRawText()}, not {rule.GetRawText()}");
                break;
            case "enum":
                Expect(rule.EnumerateArray().Any(one => one.GetRawText() == value.GetRawText()), at, $"is {value.GetRawText()}, none of {rule.GetRawText()}");
                break;
            case "minimum" when value.ValueKind == JsonValueKind.Number:
                Expect(value.GetDouble() >= rule.GetDouble(), at, $"is {value.GetRawText()}, less than {rule.GetRawText()}");
                break;
            case "maximum" when value.ValueKind == JsonValueKind.Number:
                Expect(value.GetDouble() <= rule.GetDouble(), at, $"is {value.GetRawText()}, more than {rule.GetRawText()}");
                break;
            case "maxItems" when value.ValueKind == JsonValueKind.Array:
                Expect(value.GetArrayLength() <= rule.GetInt32(), at, $"has {value.GetArrayLength()} items");
                break;
            case "format" when value.ValueKind == JsonValueKind.String:
                Expect(DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _) && value.GetString()!.EndsWith('Z'), at, $"is no time in UTC: {value.GetString()}");
                break;
            case "items" when value.ValueKind == JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Check(item, rule, $"{at}[{index++}]");
                }
                break;
            case "required" when value.ValueKind == JsonValueKind.Object:
                foreach (JsonElement name in rule.EnumerateArray())
                {
                    Expect(value.TryGetProperty(name.GetString()!, out _), at, $"has no {name.GetString()}");
                }
                break;
            case "properties" when value.ValueKind == JsonValueKind.Object:
                CheckProperties(value, schema, at);
                break;
            case "additionalProperties" when value.ValueKind == JsonValueKind.Object && !schema.TryGetProperty("properties", out _):
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    Check(property.Value, rule, $"{at}.{property.Name}");
                }
                break;
        }
    }

    private void CheckProperties(JsonElement value, JsonElement schema, string at)
    {
        JsonElement properties = schema.GetProperty("properties");
        string[] names = [.. value.EnumerateObject().Select(property => property.Name)];
        Expect(names.Distinct().Count() == names.Length, at, $"has a name twice: {string.Join(", ", names)}");
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (properties.TryGetProperty(property.Name, out JsonElement rule))
            {
                Check(property.Value, rule, $"{at}.{property.Name}");
            }
            else
            {
                Expect(false, at, $"has {property.Name}, which is not described");
            }
        }
    }

    private void Expect(bool right, string at, string fault)
    {
        if (!right)
        {
            _faults.Add($"{at} {fault}");
        }
    }

    private static bool IsA(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && decimal.IsInteger(number),
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new InvalidOperationException($"there is no type {type}"),
    };
}
