using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Ipcscope.Names;

/// <summary>The lines of a watch: one JSON object each.</summary>
internal static class WatchLines
{
    /// <summary>An object has at most 1.5 MiB (etcd.io, "System limits").</summary>
    internal const int Longest = 4 << 20;

    /// <summary>Reads them as they come. A last one that is cut off is none.</summary>
    /// <exception cref="InvalidDataException">One is longer than <see cref="Longest"/>.</exception>
    public static async IAsyncEnumerable<byte[]> ReadAsync(PipeReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellation);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                byte[] line = rest.Slice(0, end).ToArray();
                rest = rest.Slice(rest.GetPosition(1, end));
                if (line.Length > 0)
                {
                    yield return line;
                }
            }
            if (rest.Length > Longest)
            {
                throw new InvalidDataException($"the server has sent a line of more than {Longest} bytes");
            }
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }
}
