using System.Globalization;

namespace Ipcscope.Objects;

/// <summary>Names of users, as /etc/passwd has them (passwd(5)).</summary>
internal sealed class UserNames
{
    private const string Passwd = "/etc/passwd";
    private readonly Dictionary<uint, string> _names = [];

    /// <summary>Takes the lines of a file of passwd(5).</summary>
    public UserNames(IEnumerable<string> lines)
    {
        foreach (string[] fields in lines.Select(line => line.Split(':')))
        {
            if (fields.Length > 2 && uint.TryParse(fields[2], NumberStyles.None, null, out uint uid))
            {
                _names.TryAdd(uid, fields[0]);
            }
        }
    }

    /// <summary>Those of this machine.</summary>
    public static UserNames Read() => new(File.Exists(Passwd) ? File.ReadLines(Passwd) : []);

    /// <summary>The user's name; the number where it has none.</summary>
    public string Of(uint uid) => _names.GetValueOrDefault(uid) ?? $"{uid}";
}
