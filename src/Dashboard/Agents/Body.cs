namespace Ipcscope.Dashboard.Agents;

/// <summary>Reads whole answers, none longer than it may be.</summary>
internal static class Body
{
    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is too long.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, int longest, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellation);
        byte[] part = new byte[16 << 10];
        int read;
        while ((read = await stream.ReadAsync(part, cancellation)) > 0)
        {
            if (body.Length + read > longest)
            {
                throw new InvalidDataException($"it has more than {longest} bytes");
            }
            await body.WriteAsync(part.AsMemory(0, read), cancellation);
        }
        return body.ToArray();
    }
}
