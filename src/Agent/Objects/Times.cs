namespace Ipcscope.Objects;

/// <summary>Times as the kernel keeps them.</summary>
internal static class Times
{
    /// <summary>A time in seconds since 1970; null for 0: never, not recorded.</summary>
    public static DateTimeOffset? FromSeconds(long seconds) => seconds > 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
