using System.Threading.Channels;

namespace Ipcscope.Dashboard.Serve;

/// <summary>Somebody who looks at the stream. Who reads too slowly is cut off, and gets everything when coming again.</summary>
internal sealed class Viewer
{
    /// <summary>The most that there are at a time.</summary>
    public const int Most = 256;

    private const int MostWaiting = 4;

    private readonly Channel<Frame> _waiting = Channel.CreateBounded<Frame>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>One more is to be sent; if too many wait, the viewer is cut off.</summary>
    public void Offer(Frame frame)
    {
        if (!_waiting.Writer.TryWrite(frame))
        {
            _waiting.Writer.TryComplete();
        }
    }

    /// <summary>Sends until the viewer goes, or is cut off.</summary>
    public async Task SendAsync(HttpResponse response, CancellationToken cancellation)
    {
        await foreach (Frame frame in _waiting.Reader.ReadAllAsync(cancellation))
        {
            await frame.WriteToAsync(response.BodyWriter, cancellation);
        }
    }
}
