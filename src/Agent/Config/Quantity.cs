using System.Buffers;
using System.Globalization;

namespace Ipcscope.Config;

/// <summary>Reads numbers with units.</summary>
public sealed class Quantity
{
    /// <summary>Durations in nanoseconds: <c>100ms</c>, <c>1.5s</c>. A unit is needed, except for 0.</summary>
    public static Quantity Duration { get; } = new(
        needsUnit: true,
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000));

    /// <summary>Sizes in bytes: <c>4096</c>, <c>64KiB</c>, <c>1.5MB</c>.</summary>
    public static Quantity Size { get; } = new(
        needsUnit: false,
        ("B", 1), ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40));

    private static readonly SearchValues<char> _digits = SearchValues.Create("0123456789.");
    private readonly bool _needsUnit;
    private readonly (string Name, long Factor)[] _units;

    private Quantity(bool needsUnit, params (string Name, long Factor)[] units)
    {
        _needsUnit = needsUnit;
        _units = units;
    }

    /// <summary>The units for people to read; µ is in Unicode twice, and shown once.</summary>
    public string Units => string.Join(", ", _units.Select(unit => unit.Name).Where(name => name != "μs"));

    /// <summary>Whether <paramref name="text"/> is the name of a unit.</summary>
    public bool IsUnit(string text) => _units.Any(unit => unit.Name == text);

    /// <summary>Reads a number of at most <see cref="long.MaxValue"/> base units, with or without a space before its unit.</summary>
    /// <returns>False if it is negative, no number, has no or an unknown unit, or is no whole number of base units.</returns>
    public bool TryParse(string text, out long value)
    {
        value = 0;
        int digits = text.AsSpan().IndexOfAnyExcept(_digits);
        digits = digits < 0 ? text.Length : digits;
        if (!decimal.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return false;
        }
        string unit = text[digits..].TrimStart(' ');
        long factor = unit.Length == 0 && (!_needsUnit || number == 0) ? 1 : _units.FirstOrDefault(known => known.Name == unit).Factor;
        if (factor == 0 || number > (decimal)long.MaxValue / factor || decimal.Truncate(number * factor) != number * factor)
        {
            return false;
        }
        value = (long)(number * factor);
        return true;
    }
}
