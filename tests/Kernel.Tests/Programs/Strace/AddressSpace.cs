using Ipcscope.Decode;

namespace Ipcscope.KernelTests.Programs.Strace;

/// <summary>Shared memory in an address space.</summary>
/// <param name="Start">First address.</param>
/// <param name="End">First address behind it.</param>
/// <param name="Mechanism">What kind of memory lies there.</param>
/// <param name="Channel">The id of a System V segment, else 0: strace tells no inode of a file.</param>
internal readonly record struct Mapping(ulong Start, ulong End, Mechanism Mechanism, ulong Channel);

/// <summary>Where a process has shared memory, as far as its calls tell.</summary>
internal sealed class AddressSpace
{
    private const ulong PageSize = 4096;

    private readonly List<Mapping> _mappings;

    internal AddressSpace() => _mappings = [];

    /// <summary>What fork(2) leaves to a child.</summary>
    internal AddressSpace(AddressSpace parent) => _mappings = [.. parent._mappings];

    /// <summary>The shared mapping at an address; if there is none, one of <see cref="Mechanism.None"/>.</summary>
    internal Mapping At(ulong address) => _mappings.Find(mapping => mapping.Start <= address && address < mapping.End);

    /// <summary>Puts a mapping over what lies there; <see cref="Mechanism.None"/>: memory that is not shared.</summary>
    internal void Map(ulong start, ulong length, Mechanism mechanism, ulong channel = 0)
    {
        ulong end = Unmap(start, length);
        if (mechanism != Mechanism.None)
        {
            _mappings.Add(new Mapping(start, end, mechanism, channel));
        }
    }

    /// <summary>Takes memory away, and gives its end.</summary>
    internal ulong Unmap(ulong start, ulong length)
    {
        ulong end = start + ((length + PageSize - 1) & ~(PageSize - 1));
        foreach (Mapping cut in _mappings.Where(mapping => mapping.Start < end && start < mapping.End).ToArray())
        {
            _mappings.Remove(cut);
            _mappings.AddRange(((Mapping[])[cut with { End = start }, cut with { Start = end }]).Where(rest => rest.Start < rest.End));
        }
        return end;
    }

    /// <summary>Takes the whole mapping away that begins here, as shmdt(2) does.</summary>
    internal void Detach(ulong start) => _mappings.RemoveAll(mapping => mapping.Start == start);
}
