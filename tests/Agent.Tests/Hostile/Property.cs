using System.Diagnostics;
using System.Globalization;

namespace Ipcscope.Tests.Hostile;

/// <summary>
/// Tries something with many made-up inputs. The same ones in every run of the tests; for as many seconds as <c>IPCSCOPE_FUZZ_SECONDS</c> says, others
/// (<c>make fuzz</c>). A failure names its seed: <c>IPCSCOPE_FUZZ_SEED=77 dotnet test …</c> tries that one alone.
/// </summary>
internal static class Property
{
    private const int Cases = 400;

    /// <summary>Fails if <paramref name="property"/> throws.</summary>
    public static void Holds(Action<Random> property, int cases = Cases)
    {
        if (Number("IPCSCOPE_FUZZ_SEED") is { } only)
        {
            property(new Random(only));
            return;
        }
        for (int seed = 0; seed < cases; seed++)
        {
            Try(property, seed);
        }
        TimeSpan more = TimeSpan.FromSeconds(Number("IPCSCOPE_FUZZ_SECONDS") ?? 0);
        for (long started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < more;)
        {
            Try(property, Random.Shared.Next());
        }
    }

    private static void Try(Action<Random> property, int seed)
    {
        try
        {
            property(new Random(seed));
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"with IPCSCOPE_FUZZ_SEED={seed}: {fault.Message}", fault);
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : null;
}
