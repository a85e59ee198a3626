namespace Ipcscope.Cli;

/// <summary>Says on standard error what takes long.</summary>
internal static class Progress
{
    /// <summary>Work that takes no longer is not mentioned.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Does some work.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="what">What it is: <c>loading the eBPF programs</c>.</param>
    /// <param name="work">The work.</param>
    public static T Show<T>(TextWriter error, string what, Func<T> work)
    {
        using var timer = new Timer(_ => error.WriteLine($"ipcscope: {what} …"), null, Patience, Timeout.InfiniteTimeSpan);
        return work();
    }
}
