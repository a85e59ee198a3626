using System.Text.Json;
using Ipcscope.Decode;

namespace Ipcscope.Capture;

/// <summary>What the programs of system calls, which all mechanisms share, do for some of them: functions of its own, which can be emptied.</summary>
/// <param name="Name">As in <see cref="MissingPart.Name"/>.</param>
/// <param name="Without">What is not observed without it.</param>
/// <param name="Mechanisms">Whose operations are not counted then.</param>
/// <param name="Functions">The functions.</param>
internal sealed record CallPart(string Name, string Without, IReadOnlyList<Mechanism> Mechanisms, IReadOnlyList<string> Functions)
{
    /// <summary>The part of times in queues and of answers: all operations are counted without it.</summary>
    internal const string Delivery = "delivery";

    /// <summary>All of them. What pipes, sockets and other descriptors need is needed by the rest, too.</summary>
    internal static IReadOnlyList<CallPart> All { get; } =
    [
        new(Delivery, "times in queues and of answers are not measured", [], ["note_queue", "note_client", "note_message_queue", "change_queue", "deliver"]),
        Of("mq", [Mechanism.Mq], "mq_enter", "mq_exit"),
        Of("sysv_msg", [Mechanism.SysvMsg], "sysv_msg_enter", "sysv_msg_exit"),
        Of("sysv_sem", [Mechanism.SysvSem], "sysv_sem_enter", "sysv_sem_exit"),
        Of("sysv_shm", [Mechanism.SysvShm], "sysv_shm_enter", "sysv_shm_exit"),
        // munmap(2) takes the segments of System V away, too.
        Of("shm", [Mechanism.Shm, Mechanism.FileMap, Mechanism.SysvShm], "shm_enter", "shm_exit"),
        Of("futex", [Mechanism.Futex], "futex_enter", "futex_leave"),
        Of("signal", [Mechanism.Signal], "signal_exit"),
        Of("process_vm", [Mechanism.ProcessVm], "process_vm_enter", "process_vm_exit"),
    ];

    private static CallPart Of(string name, IReadOnlyList<Mechanism> mechanisms, params string[] functions) =>
        new(name, $"no operations of {string.Join(", ", mechanisms.Select(static mechanism => JsonNamingPolicy.SnakeCaseLower.ConvertName(mechanism.ToString())))} are counted", mechanisms, functions);
}
