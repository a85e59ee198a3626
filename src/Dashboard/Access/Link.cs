using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ipcscope.Dashboard.Access;

/// <summary>The link that lets somebody in once: who has followed it has a session, and the next link is another one.</summary>
internal sealed class Link
{
    private const int TokenBytes = 24;

    private readonly Lock _gate = new();
    private byte[] _token = Make();

    /// <summary>Told after the link was used: there is a new one.</summary>
    public Action OnUsed { get; set; } = static () => { };

    /// <summary>The token in it.</summary>
    public string Token
    {
        get
        {
            lock (_gate)
            {
                return Encoding.ASCII.GetString(_token);
            }
        }
    }

    /// <summary>Uses it up, if the token is right.</summary>
    public bool Use(string token)
    {
        lock (_gate)
        {
            if (!CryptographicOperations.FixedTimeEquals(_token, Encoding.UTF8.GetBytes(token)))
            {
                return false;
            }
            _token = Make();
        }
        OnUsed();
        return true;
    }

    private static byte[] Make() => Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes)));
}
