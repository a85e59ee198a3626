namespace Ipcscope.Waits;

/// <summary>A descriptor that a thread polls.</summary>
/// <param name="Fd">Its number.</param>
/// <param name="ForInput">Until there is something to read or accept.</param>
/// <param name="ForOutput">Until there is room.</param>
internal readonly record struct PolledDescriptor(int Fd, bool ForInput, bool ForOutput);

/// <summary>A thread that sleeps in poll(2), select(2) or epoll_wait(2).</summary>
/// <param name="Tid">The thread, in the first pid namespace.</param>
/// <param name="Call">The system call's family: <c>poll</c>, <c>select</c>, <c>epoll_wait</c>.</param>
/// <param name="HasTimeLimit">Whether it ends by itself when a time has passed.</param>
/// <param name="Age">How long it has slept, nanoseconds; 0: the kernel does not tell.</param>
/// <param name="Descriptors">What it polls.</param>
internal sealed record Poll(uint Tid, string Call, bool HasTimeLimit, ulong Age, IReadOnlyList<PolledDescriptor> Descriptors);
