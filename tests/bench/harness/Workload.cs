namespace Bench;

/// <summary>Nanoseconds of one unit of a workload over a chunk.</summary>
/// <param name="Median">Of the batches.</param>
/// <param name="Minimum">Of the batches: the figure other work on the machine disturbs least.</param>
internal readonly record struct Chunk(double Median, double Minimum);

/// <summary>Something that lives through the whole run and is timed in chunks, with and without a tracer.</summary>
internal abstract class Workload(string name, string unit, bool isIpc, string description) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>What one figure is of: a system call, or a request.</summary>
    public string Unit { get; } = unit;

    /// <summary>Whether its calls are what ipcscope counts: the other ones only pay for being looked at.</summary>
    public bool IsIpc { get; } = isIpc;

    public string Description { get; } = description;

    /// <summary>For the tracers that follow processes.</summary>
    public abstract IReadOnlyList<int> Pids { get; }

    /// <param name="milliseconds">Length of the chunk; at least one batch is made.</param>
    /// <param name="slow">Whether the tracer makes each unit so slow that a chunk must have fewer of them.</param>
    public abstract Chunk Measure(int milliseconds, bool slow);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
