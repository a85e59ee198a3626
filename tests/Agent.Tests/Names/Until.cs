namespace Ipcscope.Tests.Names;

/// <summary>Waits for what happens in the background.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<bool> condition)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, "it did not happen within 30 s");
            await Task.Delay(10);
        }
    }
}
