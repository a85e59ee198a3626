using Ipcscope.Enrich;

namespace Ipcscope.Names;

/// <summary>Knows the names of pods and containers.</summary>
internal interface INameReader : IDisposable
{
    /// <summary>What is asked, for the log.</summary>
    string Source { get; }

    /// <summary>Tells the table what it learns, until something ends it or goes wrong. It is then called again, later.</summary>
    /// <param name="table">Who is told.</param>
    /// <param name="learned">Called whenever it has got an answer: what went wrong before is forgiven.</param>
    /// <param name="cancellation">Ends it.</param>
    Task ReadAsync(PodTable table, Action learned, CancellationToken cancellation);
}
