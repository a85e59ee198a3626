using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Ipcscope.Cli.Bench;

/// <summary>What must be the same where figures are compared.</summary>
/// <param name="Time">When it was measured.</param>
/// <param name="Version">Of ipcscope.</param>
/// <param name="Kernel">Its release.</param>
/// <param name="Processors">How many.</param>
/// <param name="Placement">Where the two processes ran: apart or same.</param>
/// <param name="Priority">How: realtime or normal.</param>
internal sealed record BenchMachine(DateTimeOffset Time, string Version, string Kernel, int Processors, string Placement, string Priority)
{
    /// <summary>This one.</summary>
    public static BenchMachine Here(Seams seams, BenchPlan plan) => new(
        seams.Time.GetUtcNow(),
        typeof(BenchMachine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        Environment.ProcessorCount,
        plan.Placement == BenchPlacement.Same ? "same" : "apart",
        plan.RealTime ? "realtime" : "normal");

    /// <summary>What differs from another one in a way that makes figures differ; empty if nothing does.</summary>
    public string Differences(BenchMachine other) => string.Join(", ", new[]
    {
        Kernel == other.Kernel ? "" : $"kernel {other.Kernel} there, {Kernel} here",
        Processors == other.Processors ? "" : $"{other.Processors} processors there, {Processors} here",
        Placement == other.Placement ? "" : $"placement {other.Placement} there, {Placement} here",
        Priority == other.Priority ? "" : $"priority {other.Priority} there, {Priority} here",
    }.Where(difference => difference.Length > 0));

    /// <summary>The first line of a run's JSON.</summary>
    public string Object() => JsonLine.Write(json =>
    {
        json.WriteString("kind", "machine");
        json.WriteString("time", Time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        json.WriteString("version", Version);
        json.WriteString("kernel", Kernel);
        json.WriteNumber("processors", Processors);
        json.WriteString("placement", Placement);
        json.WriteString("priority", Priority);
    });

    /// <summary>Reads what <see cref="Object"/> wrote.</summary>
    /// <exception cref="InvalidOperationException">A field has another type.</exception>
    /// <exception cref="KeyNotFoundException">A field is missing.</exception>
    /// <exception cref="FormatException">A field cannot be read.</exception>
    public static BenchMachine Read(JsonElement line) => new(
        line.GetProperty("time").GetDateTimeOffset(),
        line.GetProperty("version").GetString() ?? "",
        line.GetProperty("kernel").GetString() ?? "",
        line.GetProperty("processors").GetInt32(),
        line.GetProperty("placement").GetString() ?? "",
        line.GetProperty("priority").GetString() ?? "");
}
