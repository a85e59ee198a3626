namespace Ipcscope.Config;

/// <summary>Where the API is served, and to whom.</summary>
public sealed record ApiOptions
{
    /// <summary>Where it is served; null: nowhere.</summary>
    public ListenAddress? Listen { get; init; } = new("127.0.0.1", 9465);

    /// <summary>To whom; an address that others can reach needs more than the default.</summary>
    public AccessOptions Access { get; init; } = new();
}
