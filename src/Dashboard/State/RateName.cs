namespace Ipcscope.Dashboard.State;

/// <summary>What a property says of an item's <see cref="Rates"/>.</summary>
internal enum RateName
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>The mechanism.</summary>
    Mechanism,
    /// <summary>Operations a second.</summary>
    Operations,
    /// <summary>A part of the bytes a second.</summary>
    Bytes,
    /// <summary>A part of the wait.</summary>
    Wait,
    /// <summary>The duration's 99th percentile.</summary>
    Duration,
}
