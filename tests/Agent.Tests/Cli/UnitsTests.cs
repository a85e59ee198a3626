using Ipcscope.Cli;

namespace Ipcscope.Tests.Cli;

public sealed class UnitsTests
{
    [Theory]
    [InlineData(0UL, "0")]
    [InlineData(1UL, "1 ns")]
    [InlineData(999UL, "999 ns")]
    [InlineData(1_000UL, "1.0 µs")]
    [InlineData(2_849UL, "2.8 µs")]
    [InlineData(9_949UL, "9.9 µs")]
    [InlineData(9_951UL, "10 µs")]
    [InlineData(41_230UL, "41 µs")]
    [InlineData(999_499UL, "999 µs")]
    [InlineData(999_500UL, "1.0 ms")]
    [InlineData(8_000_000UL, "8.0 ms")]
    [InlineData(8_149_000UL, "8.1 ms")]
    [InlineData(38_400_000UL, "38 ms")]
    [InlineData(1_000_000_000UL, "1.0 s")]
    [InlineData(12_400_000_000UL, "12.4 s")]
    [InlineData(99_949_000_000UL, "99.9 s")]
    [InlineData(99_951_000_000UL, "100 s")]
    [InlineData(119_000_000_000UL, "119 s")]
    [InlineData(150_000_000_000UL, "2.5 min")]
    [InlineData(5_400_000_000_000UL, "1.5 h")]
    [InlineData(172_800_000_000_000UL, "2.0 d")]
    [InlineData(ulong.MaxValue, "213504 d")]
    public void Durations_have_two_digits_or_more(ulong nanoseconds, string expected) => Assert.Equal(expected, Units.Duration(nanoseconds));

    [Theory]
    [InlineData(0UL, "0 B")]
    [InlineData(512UL, "512 B")]
    [InlineData(1023UL, "1023 B")]
    [InlineData(1024UL, "1 KiB")]
    [InlineData(1536UL, "1.5 KiB")]
    [InlineData(65_536UL, "64 KiB")]
    [InlineData(1_048_575UL, "1.0 MiB")]
    [InlineData(1_572_864UL, "1.5 MiB")]
    [InlineData(3UL << 30, "3 GiB")]
    [InlineData(ulong.MaxValue, "16384 PiB")]
    public void Sizes_are_binary(ulong bytes, string expected) => Assert.Equal(expected, Units.Size(bytes));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.01, "< 0.1")]
    [InlineData(0.3, "0.3")]
    [InlineData(9.94, "9.9")]
    [InlineData(12.4, "12")]
    [InlineData(999, "999")]
    [InlineData(1_234, "1.2 k")]
    [InlineData(187_204, "187 k")]
    [InlineData(1_250_000, "1.3 M")]
    public void Rates_are_short(double perSecond, string expected) => Assert.Equal(expected, Units.Rate(perSecond));

    [Theory]
    [InlineData(double.NaN, "-")]
    [InlineData(double.PositiveInfinity, "> 2 min")]
    [InlineData(0.000061, "61 µs")]
    public void Quantiles_can_be_unknown_or_beyond_measure(double seconds, string expected) => Assert.Equal(expected, Units.Seconds(seconds));

    [Fact]
    public void Counts_keep_their_thousands_apart() => Assert.Equal("18,442", Units.Count(18_442));

    [Fact]
    public void No_quantity_is_longer_than_promised()
    {
        byte[] text = new byte[Units.MaximumLength];
        for (int bit = 0; bit < 64; bit++)
        {
            Assert.InRange(Units.Duration((1UL << bit) - 1, text), 1, Units.MaximumLength);
            Assert.InRange(Units.Size((1UL << bit) - 1, text), 1, Units.MaximumLength);
        }
    }
}
