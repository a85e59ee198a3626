namespace Bench;

/// <summary>What is being done now, on standard error, so that standard output carries results only.</summary>
internal static class Progress
{
    public static void Show(string what) => Console.Error.WriteLine($"bench: {what}");
}
