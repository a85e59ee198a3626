using System.Collections.Immutable;
using System.Text.Json;
using Ipcscope.Config;
using Ipcscope.Decode;
using Ipcscope.Export;

namespace Ipcscope.Filters;

/// <summary>All fields, in the order in which <c>ipcscope fields</c> shows them.</summary>
public static class FilterFields
{
    private const FilterScopes Everywhere = FilterScopes.Operation | FilterScopes.Flow | FilterScopes.Series;

    // MAX_ERRNO, include/linux/err.h.
    private const int HighestError = 4095;

    internal static readonly NumberField Pid = new()
    {
        Name = "pid",
        Meaning = "thread-group id in the first pid namespace",
        Example = "pid in (4312, 981)",
        Scopes = Everywhere,
        Kernel = "= in",
        Read = subject => subject.Pid,
    };

    internal static readonly NumberField Tid = new()
    {
        Name = "tid",
        Meaning = "the thread that made the call",
        Example = "tid = 4313",
        Scopes = FilterScopes.Operation,
        Read = subject => subject.Tid,
    };

    internal static readonly TextField Process = new()
    {
        Name = "process",
        Meaning = "name of the process, as its main thread is called; the kernel keeps 15 bytes",
        Example = "process = redis-server",
        Scopes = Everywhere,
        Kernel = "= in, up to 8 names",
        MaximumBytes = Comm.Length - 1,
        Read = subject => subject.Process,
    };

    internal static readonly TextField Executable = new()
    {
        Name = "executable",
        Meaning = "path of the program file; empty if the process ended before it was read",
        Example = "executable ~ \"^/usr/lib/postgresql/\"",
        Scopes = FilterScopes.Flow | FilterScopes.Series,
        Read = subject => subject.Executable,
    };

    internal static readonly ChoiceField Mechanism = new()
    {
        Name = "mechanism",
        Meaning = "how the processes talk",
        Example = "mechanism in (pipe, unix)",
        Scopes = Everywhere,
        Kernel = "all",
        Names = NamesOf<Mechanism>(),
        Allowed = string.Join(", ", NamesOf<Mechanism>().Skip(1)),
        Read = subject => (int)subject.Mechanism,
    };

    internal static readonly ChoiceField Operation = new()
    {
        Name = "operation",
        Meaning = "what was done to the channel",
        Example = "operation in (send, receive)",
        Scopes = Everywhere,
        Kernel = "all",
        Names = NamesOf<Operation>(),
        Allowed = string.Join(", ", NamesOf<Operation>().Skip(1)),
        Read = subject => (int)subject.Operation,
    };

    internal static readonly ChoiceField Via = new()
    {
        Name = "via",
        Meaning = "how it was asked for: by a system call, through an io_uring, or by nobody but the kernel, as signals are",
        Example = "via = io_uring",
        Scopes = Everywhere,
        Names = [.. Words.Vias],
        Allowed = string.Join(", ", Words.Vias),
        Read = subject => (int)subject.Via,
    };

    internal static readonly ChoiceField Detail = new()
    {
        Name = "detail",
        Meaning = "what became of a signal that was not simply queued; of pass and take, what kind of descriptor; else empty",
        Example = "detail = coalesced",
        Scopes = Everywhere,
        Names = [.. Details.Words],
        Allowed = "\"\" for none, " + string.Join(", ", Details.Words.Skip(1).TakeWhile(word => word != "file")) + ", file, or a mechanism",
        Read = subject => subject.Detail,
    };

    internal static readonly TextField Channel = new()
    {
        Name = "channel",
        Meaning = "name of the channel: pipe:[123], /run/redis.sock, @abstract, 127.0.0.1:80 → 127.0.0.1:4711, msg:65538 key 0x51, memfd:frames",
        Example = "channel = /run/redis.sock",
        Scopes = FilterScopes.Operation | FilterScopes.Flow,
        Read = subject => subject.Channel,
    };

    internal static readonly TextField Peer = new()
    {
        Name = "peer",
        Meaning = "the other side, as far as the kernel names it: a remote address, a bound path, who gets or sent a signal; else empty",
        Example = "peer ~ \":5432$\"",
        Scopes = FilterScopes.Operation | FilterScopes.Flow,
        Read = subject => subject.Peer,
    };

    internal static readonly NumberField Size = new()
    {
        Name = "size",
        Meaning = "bytes handled; 0 if the call failed",
        Example = "size >= 64KiB",
        Scopes = FilterScopes.Operation,
        Quantity = Quantity.Size,
        Read = subject => subject.Size,
    };

    internal static readonly NumberField Duration = new()
    {
        Name = "duration",
        Meaning = "how long the call took, waiting included; 0 if its start was not seen",
        Example = "duration > 5ms",
        Scopes = FilterScopes.Operation,
        Kernel = "> >=",
        Quantity = Quantity.Duration,
        Read = subject => subject.DurationNs,
    };

    internal static readonly NumberField Wait = new()
    {
        Name = "wait",
        Meaning = "the duration of a call that slept because there was no room, nothing to take or a lock; else 0",
        Example = "wait > 5ms",
        Scopes = FilterScopes.Operation,
        Quantity = Quantity.Duration,
        Read = subject => subject.WaitNs,
    };

    internal static readonly ChoiceField Error = new()
    {
        Name = "error",
        Meaning = "name of the error that the call ended with, EAGAIN included; empty if it did not fail",
        Example = "error != \"\"",
        Scopes = FilterScopes.Operation,
        Kernel = "failed calls alone",
        Names = [.. Enumerable.Range(0, HighestError + 1).Select(number => number == 0 ? "" : Errno.Name(number))],
        Allowed = "\"\" for none, or a name of errno(3) such as EPIPE",
        Read = subject => Math.Min(subject.Error, HighestError),
    };

    internal static readonly NumberField Cgroup = new()
    {
        Name = "cgroup",
        Meaning = "id of the process's cgroup: inode number of its directory, as stat -c %i shows it",
        Example = "cgroup = 4711",
        Scopes = Everywhere,
        Read = subject => subject.Cgroup,
    };

    internal static readonly TextField Container = new()
    {
        Name = "container",
        Meaning = "name of the container, or the first twelve digits of its id if nobody knows the name; empty on the host",
        Example = "container = redis",
        Scopes = Everywhere,
        Read = subject => subject.Place.Container,
    };

    internal static readonly TextField Pod = new()
    {
        Name = "pod",
        Meaning = "name of the pod, or its uid if nobody knows the name; empty outside of pods",
        Example = "pod ~ \"^web-\"",
        Scopes = Everywhere,
        Read = subject => subject.Place.Pod,
    };

    internal static readonly TextField Namespace = new()
    {
        Name = "namespace",
        Meaning = "namespace of the pod, if it is known",
        Example = "namespace = shop",
        Scopes = Everywhere,
        Read = subject => subject.Place.Namespace,
    };

    internal static readonly TextField Workload = new()
    {
        Name = "workload",
        Meaning = "what the pod belongs to: the name of its Deployment, StatefulSet, DaemonSet, CronJob or Job, if it is known",
        Example = "workload = web",
        Scopes = Everywhere,
        Read = subject => subject.Place.Workload,
    };

    /// <summary>Every field.</summary>
    public static IReadOnlyList<FilterField> All { get; } =
        [Pid, Tid, Process, Executable, Mechanism, Operation, Via, Detail, Channel, Peer, Size, Duration, Wait, Error, Cgroup, Container, Pod, Namespace, Workload];

    /// <summary>The names of all fields that are known in a scope.</summary>
    internal static IEnumerable<string> KnownIn(FilterScopes scope) => All.Where(field => field.Scopes.HasFlag(scope)).Select(field => field.Name);

    // Number 0 of each is "none", which does not occur.
    private static ImmutableArray<string?> NamesOf<T>()
        where T : struct, Enum => [null, .. Enum.GetNames<T>().Skip(1).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
}
