using System.Globalization;
using Ipcscope.Config;

namespace Ipcscope.Filters;

/// <summary>A field with numbers.</summary>
internal sealed class NumberField : FilterField
{
    public required Func<IFilterSubject, ulong> Read { get; init; }

    /// <summary>The units of its values; null: they have none.</summary>
    public Quantity? Quantity { get; init; }

    public override string Type => Quantity == Quantity.Duration ? "duration" : Quantity == Quantity.Size ? "size" : "number";

    internal override IReadOnlyList<FilterOperator> Operators => FilterOperators.OfNumbers;

    internal override bool IsUnit(string word) => Quantity is not null && Quantity.IsUnit(word);

    internal override string? Refuse(FilterOperator @operator, string value) => TryParse(value, out _)
        ? null
        : $"{ConfigFault.Quote(value)} is no {Type}; allowed: {Type switch
        {
            "duration" => $"a number with a unit ({Quantity!.Units}), such as 5ms",
            "size" => $"bytes, or a number with a unit ({Quantity!.Units}), such as 64KiB",
            _ => "a whole number",
        }}";

    internal override Comparison Compare(FilterOperator @operator, IReadOnlyList<string> values) =>
        new NumberComparison(this, @operator, values, [.. values.Select(Parse)]);

    private ulong Parse(string value) => TryParse(value, out ulong number) ? number : throw new ArgumentException(value);

    private bool TryParse(string value, out ulong number)
    {
        if (Quantity is null)
        {
            return ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        }
        bool read = Quantity.TryParse(value, out long amount);
        number = (ulong)amount;
        return read;
    }
}
