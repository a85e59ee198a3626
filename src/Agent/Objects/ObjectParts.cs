using Ipcscope.Bpf;
using Ipcscope.Capture;

namespace Ipcscope.Objects;

/// <summary>The iterators over objects in parts: if the kernel refuses one, the others go on.</summary>
internal static class ObjectParts
{
    private static readonly ProgramPart Sysv = new("objects_sysv", "queues, segments and semaphores of System V are not listed", [ObjectPrograms.Sysv]);

    private static readonly ProgramPart Queues = new("objects_mq", "POSIX queues are not listed", [ObjectPrograms.Queues]);

    private static readonly ProgramPart Files = new(
        "objects_files", "who holds an object by a descriptor is not known; FIFOs and sockets are not listed; of queues and memory no orphans are told", [ObjectPrograms.Files]);

    /// <summary>Who maps which memory.</summary>
    /// <param name="byFiles">Whether it is read from /proc.</param>
    internal static ProgramPart Mappings(bool byFiles) => new(
        "objects_mappings", "who maps memory is not known; of memory no orphans are told", byFiles ? [ObjectPrograms.Files, Probes.Processes] : [ObjectPrograms.Mappings]);

    /// <summary>Loads all parts, without those that turn out to be refused.</summary>
    /// <param name="byFiles">As in <see cref="Mappings"/>.</param>
    /// <param name="load">Loads programs, and is told what is missing beside them.</param>
    /// <exception cref="BpfException">All are refused, or what they share.</exception>
    internal static ObjectPrograms LoadWhatMay(bool byFiles, Func<IReadOnlyCollection<string>, IReadOnlyList<MissingPart>, ObjectPrograms> load)
    {
        List<ProgramPart> parts = [Sysv, Queues, Files, Mappings(byFiles)];
        List<MissingPart> missing = [];
        while (true)
        {
            try
            {
                return load([.. parts.SelectMany(static part => part.Programs).Distinct()], [.. missing]);
            }
            catch (BpfException refusal)
            {
                ProgramPart[] refused = [.. parts.Where(part => part.Programs.Contains(refusal.Program))];
                missing.AddRange(refused.Select(part => MissingPart.Of(part, refusal)));
                parts.RemoveAll(refused.Contains);
                if (refused.Length == 0 || parts.Count == 0)
                {
                    throw;
                }
            }
        }
    }
}
