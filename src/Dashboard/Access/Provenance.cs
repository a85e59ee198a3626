namespace Ipcscope.Dashboard.Access;

/// <summary>Where a request comes from, as browsers tell (Fetch Metadata, and Origin).</summary>
internal static class Provenance
{
    /// <summary>Whether a page of another origin makes it; scripts and command lines say nothing, and are not browsers.</summary>
    public static bool IsForeign(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        string origin = request.Headers.Origin.ToString();
        return (site.Length > 0 && site is not ("same-origin" or "none")) || (origin.Length > 0 && !IsOwn(origin, request.Host));
    }

    /// <summary>Whether somebody follows a link to here from elsewhere. The browser then keeps our cookie back, because it is for our own pages only.</summary>
    public static bool IsLinkFromElsewhere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document" && request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
        && request.Headers.Origin.Count == 0;

    // The scheme is left out: a proxy may have ended TLS.
    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? own) && string.Equals(own.Authority, host.ToString(), StringComparison.OrdinalIgnoreCase);
}
