using Ipcscope.Bpf;
using Ipcscope.Capture;

namespace Ipcscope.Waits;

/// <summary>The calls that threads sleep in now, without a capture: nothing is traced, and each began before.</summary>
public static class SleepingCalls
{
    /// <summary>Looks once.</summary>
    /// <exception cref="CaptureException">The iterator cannot be loaded.</exception>
    public static IReadOnlyList<CallInProgress> Read()
    {
        try
        {
            Requirements.Check();
            using var probes = Probes.LoadCalls();
            return new CallReader(probes.AttachIterator(Probes.Calls)).Read();
        }
        catch (BpfException e)
        {
            throw Requirements.Explain(e);
        }
    }
}
