using System.Globalization;

namespace Bench;

/// <summary>One of the C workloads, see workloads/worker.c for what is said between the two.</summary>
internal sealed class Worker : Workload
{
    private readonly Child child;

    public Worker(Settings settings, string name, bool isIpc, string description, int cpu)
        : base(name, "call", isIpc, description)
    {
        child = Child.Talk(settings.Path("worker"), name, cpu.ToString(CultureInfo.InvariantCulture));
        Pids = [.. Answer("its start").Skip(1).Select(int.Parse)];
    }

    public override IReadOnlyList<int> Pids { get; }

    public override Chunk Measure(int milliseconds, bool slow)
    {
        child.Input.WriteLine($"chunk {milliseconds}");
        var answer = Answer("a chunk");
        return new(double.Parse(answer[0]), double.Parse(answer[1]));
    }

    /// <summary>Starts a paced run; <see cref="Paced"/> waits for its end.</summary>
    /// <param name="rate">System calls a second.</param>
    public void Pace(int rate, int milliseconds) => child.Input.WriteLine($"pace {rate} {milliseconds}");

    /// <returns>Calls made and seconds they took.</returns>
    public (long Calls, double Seconds) Paced()
    {
        var answer = Answer("a paced run");
        return (long.Parse(answer[0]), double.Parse(answer[1]) / 1e9);
    }

    protected override void Dispose(bool disposing) => child.Dispose();

    private string[] Answer(string what) =>
        child.Output.ReadLine()?.Split(' ') ?? throw new InvalidOperationException($"worker {Name} ended during {what}");
}
