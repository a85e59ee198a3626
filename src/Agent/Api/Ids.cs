using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Edges;
using Ipcscope.Objects;

namespace Ipcscope.Api;

/// <summary>What channels, processes and the rest are called in addresses: letters, digits, <c>-</c>, <c>.</c>, <c>_</c> and <c>~</c> only.</summary>
internal static class Ids
{
    /// <summary>Of a channel, as long as it exists.</summary>
    public static string Of(in ChannelKey channel) => $"{channel.Inode:x}-{channel.Device:x}-{channel.Guard:x}";

    /// <summary>Of a process: exec changes nothing in it.</summary>
    public static string Of(in ProcessKey process) => $"{process.Pid}-{process.StartTime}";

    /// <summary>Of what is at an end of an edge.</summary>
    public static string Of(Party party) => party.Kind switch
    {
        PartyKind.Process => Of(party.Process.Key),
        PartyKind.Remote => $"remote-{Plain(party.Name)}",
        _ => party.Kind.ToString().ToLowerInvariant(),
    };

    /// <summary>Of an object.</summary>
    public static string Of(IpcObject o) => o.Id is { } id
        ? $"{Export.Words.Mechanisms[(int)o.Mechanism]}-{id}{Behind(o.Place)}"
        : $"{Export.Words.Mechanisms[(int)o.Mechanism]}-{(o.Inode is { } inode && inode != 0 ? $"{inode}" : o.Memory is { } memory ? Of(memory) : Plain(o.Name))}{Behind(o.Place)}";

    /// <summary>A name in which every other character is <c>_</c> and its number.</summary>
    public static string Plain(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? $"{c}" : $"_{(int)c:x}"));

    private static string Behind(string place) => place.Length == 0 ? "" : $"-{Plain(place)}";
}
