using System.Globalization;

namespace Ipcscope.Cli.Bench;

/// <summary>One of the two processes of a measurement: this binary started once more.</summary>
internal static unsafe class BenchProcess
{
    /// <summary>The first argument that asks for it, followed by what <see cref="Arguments"/> gives.</summary>
    public const string Word = "__bench";

    private const int SIGINT = 2;
    private const int SIGQUIT = 3;
    private const int SIGKILL = 9;
    private const int PR_SET_PDEATHSIG = 1;
    private const nint SIG_IGN = 1;

    /// <summary>Whether these are the arguments of such a process.</summary>
    public static bool IsWanted(string[] arguments) => arguments is [Word, _, _, _, _, _, ..];

    /// <summary>What it is started with.</summary>
    public static IEnumerable<string> Arguments(BenchMechanism mechanism, BenchEnd end, int cpu, int orders, int answers) =>
        [Word, mechanism.Name, end.IsFirst ? "1" : "2", .. new[] { cpu, orders, answers }.Concat(end.Handles).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Carries out orders until there are no more.</summary>
    public static int Run(string[] arguments)
    {
        // Who started us ends us, also where a key of the terminal asks for it.
        _ = LibC.prctl(PR_SET_PDEATHSIG, SIGKILL);
        _ = LibC.signal(SIGINT, SIG_IGN);
        _ = LibC.signal(SIGQUIT, SIG_IGN);
        int[] numbers = [.. arguments[3..].Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        (int cpu, int orders, int answers) = (numbers[0], numbers[1], numbers[2]);
        var end = new BenchEnd(arguments[2] == "1", numbers[3..]);
        BenchLoops? loops = null;
        BenchAnswer answer = Try(() =>
        {
            _ = BenchException.Check(ProcessorMask.Only(cpu).Apply() ? 0 : -1, "sched_setaffinity");
            loops = new BenchLoops(BenchMechanisms.Find(arguments[1]).Join(end), end.IsFirst);
            return default;
        });
        while (Write(answers, answer) && Read(orders, out BenchOrder order) && order.Work != BenchWork.Quit)
        {
            answer = Try(() => loops!.Do(order));
        }
        return ExitStatus.Success;
    }

    private static BenchAnswer Try(Func<BenchAnswer> work)
    {
        try
        {
            return work();
        }
        catch (BenchException fault)
        {
            return new BenchAnswer { Failure = fault.Message };
        }
    }

    private static bool Write(int fd, BenchAnswer answer) => LibC.write(fd, (byte*)&answer, (nuint)sizeof(BenchAnswer)) == sizeof(BenchAnswer);

    private static bool Read(int fd, out BenchOrder order)
    {
        BenchOrder read;
        bool whole = LibC.read(fd, (byte*)&read, (nuint)sizeof(BenchOrder)) == sizeof(BenchOrder);
        order = whole ? read : default;
        return whole;
    }
}
