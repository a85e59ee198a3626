using Ipcscope.Decode;

namespace Ipcscope.Api;

/// <summary>What an edge is called, as long as it is there.</summary>
/// <param name="source">Id of who put in.</param>
/// <param name="destination">Id of who took out.</param>
/// <param name="mechanism">By which mechanism.</param>
internal sealed class EdgeName(string source, string destination, Mechanism mechanism)
{
    /// <summary>In addresses.</summary>
    public string Id { get; } = $"{source}~{destination}~{Export.Words.Mechanisms[(int)mechanism]}";

    /// <summary>As JSON, with its ends.</summary>
    public byte[] Text => field ??= FieldText.Make(json => GraphViewJson.Name(json, Id, source, destination, mechanism));
}
