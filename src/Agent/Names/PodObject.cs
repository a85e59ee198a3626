using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ipcscope.Names;

/// <summary>What is of use of a v1/Pod, and of the lists and events that have pods (kubernetes.io, "API Reference"). Everything may be missing.</summary>
internal sealed record PodObject(PodMetadata? Metadata, PodStatus? Status);

internal sealed record PodMetadata(
    string? Name, string? Namespace, string? Uid, string? ResourceVersion, Dictionary<string, string>? Labels, Dictionary<string, string>? Annotations,
    IReadOnlyList<PodOwner>? OwnerReferences);

internal sealed record PodOwner(string? Kind, string? Name, bool? Controller);

internal sealed record PodStatus(
    IReadOnlyList<ContainerStatus>? ContainerStatuses, IReadOnlyList<ContainerStatus>? InitContainerStatuses, IReadOnlyList<ContainerStatus>? EphemeralContainerStatuses);

internal sealed record ContainerStatus(string? Name, [property: JsonPropertyName("containerID")] string? ContainerId);

internal sealed record ListMetadata(string? ResourceVersion, string? Continue);

internal sealed record PodList(ListMetadata? Metadata, IReadOnlyList<PodObject>? Items);

internal sealed record WatchEvent(string? Type, JsonElement Object);

internal sealed record StatusObject(int? Code, string? Message);

/// <summary>Source-generated: reflection would fail in the native binary.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PodList))]
[JsonSerializable(typeof(PodObject))]
[JsonSerializable(typeof(WatchEvent))]
[JsonSerializable(typeof(StatusObject))]
internal sealed partial class PodJson : JsonSerializerContext;
