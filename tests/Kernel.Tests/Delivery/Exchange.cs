using System.Diagnostics;
using System.Globalization;
using Ipcscope.Decode;

namespace Ipcscope.KernelTests.Delivery;

/// <summary>Times of one kind, weighed by bytes or messages.</summary>
/// <param name="Nanoseconds">Their sum.</param>
/// <param name="Buckets">Their histogram.</param>
internal sealed record Times(double Nanoseconds, ulong[] Buckets)
{
    /// <summary>How much was timed.</summary>
    public ulong Count => Buckets.Aggregate(0UL, (sum, count) => sum + count);

    /// <summary>The mean, nanoseconds.</summary>
    public double Mean => Nanoseconds / Count;

    /// <summary>The bucket that holds this quantile.</summary>
    public int Bucket(double quantile)
    {
        ulong rank = (ulong)Math.Ceiling(quantile * Count), seen = 0;
        return Array.FindIndex(Buckets, count => (seen += count) >= rank);
    }

    public override string ToString() => $"{Count} with a mean of {Mean:F0} ns: {string.Join(' ', Buckets)}";
}

/// <summary>A run of tests/exchange, whose processes send each other the time: it knows how long everything took.</summary>
internal sealed class Exchange : IDisposable
{
    internal const string Name = "ipcscope-exchange";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    internal Exchange(string plan) => _process = Process.Start(new ProcessStartInfo(Workload.FullPath(Name), plan.Split(' '))
    {
        RedirectStandardInput = plan.Contains("full=1", StringComparison.Ordinal), // else the two would talk by a pair of pipes, too
        RedirectStandardOutput = true,
    })!;

    /// <summary>The process that starts all others, and asks; it reads its standard input.</summary>
    internal uint Pid => (uint)_process.Id;

    /// <summary>Waits until the channel is full.</summary>
    internal void AwaitFull() => Assert.Equal("full", _process.StandardOutput.ReadLine());

    /// <summary>Lets it go on, if it was told to wait, to its end. Gives its times by name.</summary>
    internal Dictionary<string, Times> Finish()
    {
        if (_process.StartInfo.RedirectStandardInput)
        {
            _process.StandardInput.WriteLine();
        }
        string[] lines = _process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(_process.WaitForExit(Patience));
        Assert.Equal(0, _process.ExitCode);
        return lines.Select(line => line.Split(' ')).ToDictionary(words => words[0], words => new Times(
            double.Parse(words[2], CultureInfo.InvariantCulture),
            [.. words.Skip(3).Select(word => ulong.Parse(word, CultureInfo.InvariantCulture))]));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
    }
}
