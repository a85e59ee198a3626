using System.Globalization;
using System.Text;

namespace Ipcscope.Cli;

/// <summary>Quantities as people read them: two significant digits or more, a space, a unit. JSON has base units instead.</summary>
internal static class Units
{
    /// <summary>More than any quantity takes, in bytes of UTF-8.</summary>
    public const int MaximumLength = 32;

    private static readonly (ulong Factor, string Unit)[] Times =
    [
        (1, "ns"), (1_000, "µs"), (1_000_000, "ms"), (1_000_000_000, "s"),
        (60_000_000_000, "min"), (3_600_000_000_000, "h"), (86_400_000_000_000, "d"),
    ];

    private static readonly (ulong Factor, string Unit)[] Sizes =
        [(1, "B"), (1UL << 10, "KiB"), (1UL << 20, "MiB"), (1UL << 30, "GiB"), (1UL << 40, "TiB"), (1UL << 50, "PiB")];

    private static readonly (ulong Factor, string Unit)[] Counts = [(1, ""), (1_000, "k"), (1_000_000, "M"), (1_000_000_000, "G")];

    /// <summary><c>41 µs</c>, <c>8.1 ms</c>, <c>12.4 s</c>.</summary>
    /// <param name="nanoseconds">How long.</param>
    /// <param name="target">At least <see cref="MaximumLength"/> bytes.</param>
    /// <returns>How many bytes of UTF-8 were written.</returns>
    public static int Duration(ulong nanoseconds, Span<byte> target)
    {
        // Seconds keep a decimal up to 100, and minutes begin at two: "12.4 s", "90 s", "3.5 min".
        if (nanoseconds is >= 9_950_000_000 and < 120_000_000_000)
        {
            return nanoseconds < 99_950_000_000
                ? Write((nanoseconds + 50_000_000) / 100_000_000, decimals: true, "s", target)
                : Write((nanoseconds + 500_000_000) / 1_000_000_000, decimals: false, "s", target);
        }
        return Scale(nanoseconds, Times, exactWhole: false, target);
    }

    /// <summary><c>512 B</c>, <c>64 KiB</c>, <c>1.5 MiB</c>.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="target">At least <see cref="MaximumLength"/> bytes.</param>
    /// <returns>How many bytes of UTF-8 were written.</returns>
    public static int Size(ulong bytes, Span<byte> target) => Scale(bytes, Sizes, exactWhole: true, target);

    /// <summary>A duration as a string.</summary>
    public static string Duration(ulong nanoseconds)
    {
        Span<byte> text = stackalloc byte[MaximumLength];
        return Encoding.UTF8.GetString(text[..Duration(nanoseconds, text)]);
    }

    /// <summary>A duration as a string; negative ones, which only a stepped clock makes, count as none.</summary>
    public static string Duration(TimeSpan duration) => Duration((ulong)Math.Max(0, duration.Ticks) * 100);

    /// <summary>A duration in seconds as a string; <c>-</c> if it is not a number, <c>&gt; 2 min</c> if it is beyond measure.</summary>
    public static string Seconds(double seconds) =>
        double.IsNaN(seconds) ? "-" : double.IsInfinity(seconds) ? "> 2 min" : Duration((ulong)(seconds * 1e9));

    /// <summary>A size as a string.</summary>
    public static string Size(ulong bytes)
    {
        Span<byte> text = stackalloc byte[MaximumLength];
        return Encoding.UTF8.GetString(text[..Size(bytes, text)]);
    }

    /// <summary>How many in a second: <c>0</c>, <c>0.3</c>, <c>187 k</c>, <c>1.3 M</c>.</summary>
    public static string Rate(double perSecond)
    {
        if (perSecond is > 0 and < 9.95)
        {
            return perSecond < 0.05 ? "< 0.1" : perSecond.ToString("0.#", CultureInfo.InvariantCulture);
        }
        Span<byte> text = stackalloc byte[MaximumLength];
        return Encoding.UTF8.GetString(text[..Scale((ulong)Math.Round(perSecond), Counts, exactWhole: false, text)]);
    }

    /// <summary>A whole number with its thousands apart: <c>18,442</c>.</summary>
    public static string Count(ulong count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static int Scale(ulong value, (ulong Factor, string Unit)[] units, bool exactWhole, Span<byte> target)
    {
        int i = 0;
        // A value that would round up to the next unit belongs to it: 999.7 µs is 1.0 ms.
        while (i + 1 < units.Length && value >= units[i + 1].Factor - (units[i].Factor / 2))
        {
            i++;
        }
        (ulong factor, string unit) = units[i];
        ulong tenths = i == 0 ? value * 10 : (ulong)Math.Round((double)value * 10 / factor, MidpointRounding.AwayFromZero);
        bool decimals = i > 0 && tenths < 100 && !(exactWhole && value % factor == 0);
        return Write(decimals ? tenths : (value / factor) + (value % factor >= (factor + 1) / 2 ? 1UL : 0), decimals, value == 0 && unit != "B" ? "" : unit, target);
    }

    private static int Write(ulong value, bool decimals, string unit, Span<byte> target)
    {
        (decimals ? value / 10 : value).TryFormat(target, out int length);
        if (decimals)
        {
            target[length++] = (byte)'.';
            target[length++] = (byte)('0' + (value % 10));
        }
        if (unit.Length > 0)
        {
            target[length++] = (byte)' ';
            length += Encoding.UTF8.GetBytes(unit, target[length..]);
        }
        return length;
    }
}
