using Ipcscope.Decode;
using Ipcscope.Objects;

namespace Ipcscope.Cli;

/// <summary>What people read of an object.</summary>
internal static class ObjectText
{
    private const int Octals = 3;

    /// <summary>A System V object by id and key: <c>32768 (0x52030b01)</c>; all others by name.</summary>
    public static string NameOf(IpcObject o) => o.Key is { } key and not 0 ? $"{o.Name} (0x{key:x8})" : o.Name;

    /// <summary>Permission bits: <c>0644</c>.</summary>
    public static string Octal(uint mode) => "0" + Convert.ToString((int)mode, 8).PadLeft(Octals, '0');

    /// <summary>How full or large it is: <c>3/10 msgs, 4 KiB of 16 KiB</c>, <c>1 MiB, 64 KiB resident</c>, <c>values 1 0 5</c>.</summary>
    public static string Fill(IpcObject o) => o.Mechanism switch
    {
        Mechanism.Mq => $"{o.Messages}/{o.MessagesLimit} msgs, {Bytes(o)}",
        Mechanism.SysvMsg => $"{o.Messages} msgs, {Bytes(o)}",
        Mechanism.SysvSem => Values(o),
        Mechanism.Unix when o.Kind != "dgram" => $"{o.Messages}/{o.MessagesLimit} waiting",
        Mechanism.Unix => $"{o.Messages} waiting",
        _ when o.Size is { } size => $"{Units.Size(size)}, {Units.Size(o.Resident ?? 0)} resident",
        _ => "",
    };

    private static string Bytes(IpcObject o) => $"{Units.Size(o.Bytes ?? 0)} of {Units.Size(o.BytesLimit ?? 0)}";

    private static string Values(IpcObject o) =>
        $"values {string.Join(' ', o.Values)}{(o.Semaphores > (ulong)o.Values.Count ? $" … {o.Semaphores} in all" : "")}"
        + (o.Waiters > 0 ? $", {o.Waiters} waiting" : "");
}
