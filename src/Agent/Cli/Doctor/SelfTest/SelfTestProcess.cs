using System.Globalization;
using System.Text;
using Ipcscope.Cli.Bench;
using Ipcscope.Decode;

namespace Ipcscope.Cli;

/// <summary>The process of a self-test: this binary started once more. It does a known number of operations, and nothing else that is IPC by these mechanisms.</summary>
internal static unsafe class SelfTestProcess
{
    /// <summary>The first argument that asks for it, followed by a number and mechanisms.</summary>
    public const string Word = "__self-test";

    private const int OwnerOnly = 0x180; // 0600
    private const int Size = 64;
    private const int Kind = sizeof(long); // a System V message begins with a long

    /// <summary>What it can do: put in, take out.</summary>
    public static IReadOnlyList<(Mechanism Mechanism, Operation Put, Operation Take)> All { get; } =
    [
        (Mechanism.Pipe, Operation.Write, Operation.Read),
        (Mechanism.Unix, Operation.Send, Operation.Receive),
        (Mechanism.Eventfd, Operation.Write, Operation.Read),
        (Mechanism.Mq, Operation.Send, Operation.Receive),
        (Mechanism.SysvMsg, Operation.Send, Operation.Receive),
        (Mechanism.SysvSem, Operation.Post, Operation.Wait),
    ];

    /// <summary>Whether these are the arguments of such a process.</summary>
    public static bool IsWanted(string[] arguments) => arguments is [Word, _, ..];

    /// <summary>What it is started with.</summary>
    /// <param name="rounds">How many operations of each kind.</param>
    /// <param name="mechanisms">By which mechanisms.</param>
    public static IEnumerable<byte[]> Arguments(int rounds, IEnumerable<Mechanism> mechanisms) =>
        [.. ((string[])[Word, rounds.ToString(CultureInfo.InvariantCulture), .. mechanisms.Select(mechanism => $"{mechanism}")]).Select(Encoding.UTF8.GetBytes)];

    /// <summary>Does the work.</summary>
    public static int Run(string[] arguments)
    {
        int rounds = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        try
        {
            foreach (string mechanism in arguments[2..])
            {
                Perform(Enum.Parse<Mechanism>(mechanism), rounds);
            }
            return ExitStatus.Success;
        }
        catch (BenchException fault)
        {
            Console.Error.WriteLine($"ipcscope: the self-test's own work failed: {fault.Message}");
            return ExitStatus.Failed;
        }
    }

    private static void Perform(Mechanism mechanism, int rounds)
    {
        byte* message = stackalloc byte[Kind + Size];
        new Span<byte>(message, Kind + Size).Clear();
        *(long*)message = 1; // an eventfd adds it; a message queue takes it for a type
        int* fds = stackalloc int[2];
        switch (mechanism)
        {
            case Mechanism.Pipe:
                BenchException.Check(LibC.pipe2(fds, 0), "pipe2");
                Move(fds[1], fds[0], message, Size, rounds);
                break;
            case Mechanism.Unix:
                BenchException.Check(LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_STREAM, 0, fds), "socketpair");
                Move(fds[1], fds[0], message, Size, rounds);
                break;
            case Mechanism.Eventfd:
                fds[0] = BenchException.Check(LibC.eventfd(0, 0), "eventfd");
                Move(fds[0], fds[0], message, sizeof(long), rounds);
                break;
            case Mechanism.Mq:
                Queue(message, rounds);
                break;
            case Mechanism.SysvMsg:
                Messages(message, rounds);
                break;
            default:
                Semaphores(rounds);
                break;
        }
    }

    private static void Move(int to, int from, byte* data, nuint size, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            BenchException.Check((int)LibC.write(to, data, size), "write");
            BenchException.Check((int)LibC.read(from, data, size), "read");
        }
    }

    private static void Queue(byte* message, int rounds)
    {
        LibC.MqAttributes attributes = new() { MaximumMessages = 1, MessageSize = Size };
        string name = $"/{BenchObjects.UniqueName()}";
        int queue = BenchException.Check(LibC.mq_open(name, LibC.O_RDWR | LibC.O_CREAT | LibC.O_EXCL, OwnerOnly, &attributes), "mq_open");
        _ = LibC.mq_unlink(name);
        for (int i = 0; i < rounds; i++)
        {
            BenchException.Check(LibC.mq_send(queue, message, Size, 0), "mq_send");
            BenchException.Check((int)LibC.mq_receive(queue, message, Size, null), "mq_receive");
        }
    }

    private static void Messages(byte* message, int rounds)
    {
        int queue = BenchException.Check(LibC.msgget(LibC.IPC_PRIVATE, LibC.IPC_CREAT | OwnerOnly), "msgget");
        try
        {
            for (int i = 0; i < rounds; i++)
            {
                BenchException.Check(LibC.msgsnd(queue, message, Size, 0), "msgsnd");
                BenchException.Check((int)LibC.msgrcv(queue, message, Size, 0, 0), "msgrcv");
            }
        }
        finally
        {
            _ = LibC.msgctl(queue, LibC.IPC_RMID, null);
        }
    }

    private static void Semaphores(int rounds)
    {
        int set = BenchException.Check(LibC.semget(LibC.IPC_PRIVATE, 1, LibC.IPC_CREAT | OwnerOnly), "semget");
        LibC.SemaphoreOperation post = new() { Operation = 1 }, wait = new() { Operation = -1 };
        try
        {
            for (int i = 0; i < rounds; i++)
            {
                BenchException.Check(LibC.semop(set, &post, 1), "semop");
                BenchException.Check(LibC.semop(set, &wait, 1), "semop");
            }
        }
        finally
        {
            _ = LibC.semctl(set, 0, LibC.IPC_RMID);
        }
    }
}
