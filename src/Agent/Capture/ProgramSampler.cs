using System.Diagnostics;
using Ipcscope.Bpf;

namespace Ipcscope.Capture;

/// <summary>
/// Estimates the run time of programs. Counting it costs two clock reads a run, so it is switched on for a hundredth of
/// the time only, and what is counted then stands for the whole. It needs CAP_SYS_ADMIN all the time; without, all estimates stay zero.
/// </summary>
/// <param name="programs">All of them.</param>
/// <param name="times">Whether run time is estimated.</param>
/// <param name="missing">Programs that were left out.</param>
internal sealed class ProgramSampler(IReadOnlyList<BpfProgram> programs, bool times, IReadOnlyCollection<string> missing)
{
    private const int RunTimeStatistics = 0; // BPF_STATS_RUN_TIME
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private readonly Estimate[] _estimates = new Estimate[programs.Count];
    private readonly ProgramInfo[] _before = new ProgramInfo[programs.Count];
    private int _statistics = -1;
    private long _changed = Stopwatch.GetTimestamp();
    private long _covered = Stopwatch.GetTimestamp();

    /// <summary>Opens or closes the window when it is time; called often.</summary>
    internal void Tick()
    {
        if (!times)
        {
            return;
        }
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_changed);
        if (_statistics < 0 && elapsed > Period - Window)
        {
            Open();
        }
        else if (_statistics >= 0 && elapsed > Window)
        {
            Close(elapsed);
        }
    }

    /// <summary>What is known now.</summary>
    internal ProgramStatistics[] Read() =>
    [
        .. programs.Select((program, i) => new ProgramStatistics(
            program.Name, true, _estimates[i].Seconds, (ulong)_estimates[i].Runs, program.ReadInfo().RecursionMisses)),
        .. missing.Select(static name => new ProgramStatistics(name, false, 0, 0, 0)),
    ];

    private void Open()
    {
        _statistics = LibBpf.bpf_enable_stats(RunTimeStatistics);
        _changed = Stopwatch.GetTimestamp();
        for (int i = 0; i < programs.Count; i++)
        {
            _before[i] = programs[i].ReadInfo();
        }
    }

    private void Close(TimeSpan window)
    {
        double scale = Stopwatch.GetElapsedTime(_covered) / window;
        _ = LibBpf.close(_statistics);
        _statistics = -1;
        _changed = _covered = Stopwatch.GetTimestamp();
        for (int i = 0; i < programs.Count; i++)
        {
            ProgramInfo after = programs[i].ReadInfo();
            _estimates[i].Runs += (after.RunCount - _before[i].RunCount) * scale;
            _estimates[i].Seconds += (after.RunTimeNs - _before[i].RunTimeNs) * scale / 1e9;
        }
    }

    private struct Estimate
    {
        public double Seconds;
        public double Runs;
    }
}
