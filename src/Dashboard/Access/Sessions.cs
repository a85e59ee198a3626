using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ipcscope.Dashboard.Access;

/// <summary>Those who came in by a link. They are forgotten after a while without a request, and when the dashboard ends.</summary>
internal sealed class Sessions(TimeProvider time)
{
    private const int Most = 1_000;
    private const int NameBytes = 24;
    private static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    private readonly Lock _gate = new();
    // By a digest: how long a look-up takes tells nothing of the names.
    private readonly Dictionary<string, DateTimeOffset> _used = [];

    /// <summary>Begins one; the cookie's value.</summary>
    public string Begin()
    {
        string name = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NameBytes));
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            foreach (string old in _used.Where(session => now - session.Value > Idle).Select(static session => session.Key).ToList())
            {
                _used.Remove(old);
            }
            if (_used.Count >= Most)
            {
                _used.Remove(_used.MinBy(static session => session.Value).Key);
            }
            _used[Digest(name)] = now;
        }
        return name;
    }

    /// <summary>Whether there is one of this name.</summary>
    public bool Has(string name)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            string digest = Digest(name);
            bool known = _used.TryGetValue(digest, out DateTimeOffset used) && now - used <= Idle;
            if (known)
            {
                _used[digest] = now;
            }
            return known;
        }
    }

    private static string Digest(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
