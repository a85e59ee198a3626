using System.Globalization;
using Ipcscope.Decode;

namespace Ipcscope.Volume;

/// <summary>
/// A look at one process: forget which pages it has used, wait, see which it has used. Nothing is restored afterwards: use marks a page again,
/// and until then reclaim knows a little less of what is old.
/// </summary>
/// <param name="pid">The process.</param>
internal sealed class Look(uint pid)
{
    /// <summary>There if the kernel can tell (CONFIG_PROC_PAGE_MONITOR).</summary>
    public const string Probe = "/proc/self/clear_refs";

    /// <summary>What it has in memory, bytes: that is what a look's cost depends on.</summary>
    /// <exception cref="IOException">It is gone.</exception>
    public ulong ReadResident()
    {
        string[] pages = File.ReadAllText($"/proc/{pid}/statm").Split(' ');
        return pages.Length > 1 && ulong.TryParse(pages[1], NumberStyles.None, null, out ulong resident) ? resident * (ulong)Environment.SystemPageSize : 0;
    }

    /// <summary>Begins. 3 clears the marks of mapped files, and shared memory is always one; 1 would walk and disturb the private memory, too.</summary>
    /// <exception cref="IOException">It is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">Not permitted.</exception>
    public void Clear()
    {
        using FileStream file = Open("clear_refs", FileAccess.Write);
        file.Write("3"u8);
    }

    /// <summary>Ends.</summary>
    /// <param name="mappings">Its shared mappings: what lies at which address.</param>
    /// <returns>Bytes referenced since <see cref="Clear"/>.</returns>
    /// <exception cref="IOException">It is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">Not permitted.</exception>
    public IReadOnlyDictionary<ChannelKey, ulong> Read(IReadOnlyDictionary<ulong, ChannelKey> mappings)
    {
        using FileStream file = Open("smaps", FileAccess.Read);
        return new SmapsReader(mappings).Read(file);
    }

    private FileStream Open(string name, FileAccess access) => new($"/proc/{pid}/{name}", FileMode.Open, access, FileShare.ReadWrite, bufferSize: 0);
}
