using Ipcscope.Bpf;

namespace Ipcscope.Capture;

/// <summary>What a capture does without, because the kernel refuses it. Everything else is as exact as with it.</summary>
/// <param name="Name">A mechanism, as <c>signal</c>, or an ability, as <c>io_uring</c> or <c>calls_in_progress</c>.</param>
/// <param name="Without">What is not observed therefore, in words.</param>
/// <param name="Why">What the kernel said, in one line.</param>
/// <param name="Programs">The programs that were left out.</param>
public sealed record MissingPart(string Name, string Without, string Why, IReadOnlyList<string> Programs)
{
    /// <summary>The part that tells which calls are in progress.</summary>
    internal const string CallsInProgress = "calls_in_progress";

    /// <summary>The same in words: <c>without signal: no signals are counted (cannot load ipcscope_signal_send: EACCES: …)</c>.</summary>
    public override string ToString() => $"without {Name}: {Without} ({Why})";

    /// <summary>A part of which the kernel refused a program.</summary>
    internal static MissingPart Of(ProgramPart part, BpfException refusal) => new(part.Name, part.Without, refusal.Describe(), part.Programs);

    /// <summary>A part of the programs of system calls, which go on without it.</summary>
    internal static MissingPart Of(CallPart part, BpfException refusal) => new(part.Name, part.Without, refusal.Describe(), []);
}
