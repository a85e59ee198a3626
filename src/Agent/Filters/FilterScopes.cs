namespace Ipcscope.Filters;

/// <summary>What a filter looks at.</summary>
[Flags]
public enum FilterScopes
{
    /// <summary>Nothing in particular: all fields are known.</summary>
    Any = 0,
    /// <summary>Single operations: <c>trace</c>, and metrics that are made from events.</summary>
    Operation = 1,
    /// <summary>Flows, which are operations summed up by process, channel and operation: <c>top</c>.</summary>
    Flow = 2,
    /// <summary>Series, which are flows summed up over their channels: metrics.</summary>
    Series = 4,
}
