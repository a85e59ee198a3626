using System.Threading.Channels;

namespace Ipcscope.Dashboard.Serve;

/// <summary>Somebody who looks at the stream. Who reads too slowly is cut off, and gets everything when coming again.</summary>
internal sealed class Viewer : IDisposable
{
    /// <summary>The most that there are at a time.</summary>
    public const int Most = 256;

    private const int MostWaiting = 4;

    private readonly Channel<Frame> _waiting = Channel.CreateBounded<Frame>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>One more is to be sent; if too many wait, the viewer is cut off.</summary>
    public void Offer(Frame frame)
    {
        frame.Hold();
        if (!_waiting.Writer.TryWrite(frame))
        {
            frame.Release();
            _waiting.Writer.TryComplete();
        }
    }

    /// <summary>Sends until the viewer goes, or is cut off.</summary>
    public async Task SendAsync(HttpResponse response, CancellationToken cancellation)
    {
        await foreach (Frame frame in _waiting.Reader.ReadAllAsync(cancellation))
        {
            try
            {
                await frame.WriteToAsync(response.Body, cancellation);
                await response.Body.FlushAsync(cancellation);
            }
            finally
            {
                frame.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        while (_waiting.Reader.TryRead(out Frame? frame))
        {
            frame.Release();
        }
    }
}
