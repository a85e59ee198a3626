using System.Buffers.Binary;
using System.Globalization;

namespace Ipcscope.Waits;

/// <summary>Reads which descriptors a poll is about.</summary>
internal static class PollSets
{
    private const int MostDescriptors = 4096;
    private const int PollRecord = 8; // struct pollfd
    private const uint Input = 0x1; // POLLIN and EPOLLIN
    private const uint Output = 0x4; // POLLOUT and EPOLLOUT

    /// <summary>The descriptors; none if the memory cannot be read any more.</summary>
    internal static IReadOnlyList<PolledDescriptor> Read(uint pid, PollCall call) => call.Set switch
    {
        PollSet.Array => Array(ReadMemory(pid, call.Arguments[0], (int)Math.Min(call.Arguments[1], MostDescriptors) * PollRecord)),
        PollSet.Bits => Bits(ReadBits(pid, call, 1), ReadBits(pid, call, 2)),
        PollSet.Epoll => Epoll(ThreadFiles.Read($"/proc/{pid}/fdinfo/{call.Arguments[0]}").Split('\n')),
        _ => [],
    };

    /// <summary>poll(2): descriptors less than 0 are left out.</summary>
    internal static IReadOnlyList<PolledDescriptor> Array(ReadOnlySpan<byte> records)
    {
        List<PolledDescriptor> polled = [];
        for (; records.Length >= PollRecord; records = records[PollRecord..])
        {
            Add(polled, BinaryPrimitives.ReadInt32LittleEndian(records), BinaryPrimitives.ReadUInt16LittleEndian(records[4..]));
        }
        return polled;
    }

    /// <summary>select(2).</summary>
    internal static IReadOnlyList<PolledDescriptor> Bits(ReadOnlySpan<byte> inputs, ReadOnlySpan<byte> outputs)
    {
        List<PolledDescriptor> polled = [];
        for (int fd = 0; fd < Math.Max(inputs.Length, outputs.Length) * 8; fd++)
        {
            Add(polled, fd, (Has(inputs, fd) ? Input : 0) | (Has(outputs, fd) ? Output : 0));
        }
        return polled;
    }

    /// <summary>epoll_wait(2): <c>tfd:  4 events: 8000001d …</c>, proc_pid_fdinfo(5).</summary>
    internal static IReadOnlyList<PolledDescriptor> Epoll(IEnumerable<string> lines)
    {
        List<PolledDescriptor> polled = [];
        foreach (string line in lines)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["tfd:", var fd, "events:", var events, ..])
            {
                Add(polled, int.Parse(fd, CultureInfo.InvariantCulture), uint.Parse(events, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }
        }
        return polled;
    }

    private static void Add(List<PolledDescriptor> polled, int fd, uint events)
    {
        if (fd >= 0 && (events & (Input | Output)) != 0)
        {
            polled.Add(new PolledDescriptor(fd, (events & Input) != 0, (events & Output) != 0));
        }
    }

    private static bool Has(ReadOnlySpan<byte> bits, int fd) => fd / 8 < bits.Length && (bits[fd / 8] & (1 << (fd % 8))) != 0;

    private static byte[] ReadBits(uint pid, PollCall call, int argument) =>
        call.Arguments[argument] == 0 ? [] : ReadMemory(pid, call.Arguments[argument], (int)((Math.Min(call.Arguments[0], MostDescriptors) + 7) / 8));

    private static byte[] ReadMemory(uint pid, ulong address, int length)
    {
        byte[] target = new byte[length];
        return ThreadFiles.TryReadMemory(pid, address, target) ? target : [];
    }
}
