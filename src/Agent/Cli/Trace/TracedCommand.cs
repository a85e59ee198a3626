using System.Text;

namespace Ipcscope.Cli;

/// <summary>The command behind <c>trace --</c>: started, but held before its first instruction until it is watched.</summary>
internal sealed class TracedCommand
{
    private const int SIGINT = 2;
    private const int SIGQUIT = 3;
    private const int SIGKILL = 9;
    private const int SIGTERM = 15;
    private const int SIGCONT = 18;
    private const int WUNTRACED = 2;

    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TracedCommand(int pid) => Pid = pid;

    /// <summary>Its process id.</summary>
    public int Pid { get; }

    /// <summary>Its exit status, once it has ended: its own, or 128 + the signal that killed it.</summary>
    public Task<int> Ended => _ended.Task;

    /// <summary>Starts and holds a command. The calling thread must live as long as the command is held.</summary>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="self">The path of this binary.</param>
    /// <exception cref="CommandException">It cannot be started.</exception>
    public static TracedCommand Start(IReadOnlyList<byte[]> command, string self)
    {
        string path = CommandPath.Find(Encoding.UTF8.GetString(command[0]), Environment.GetEnvironmentVariable("PATH") ?? "");
        int pid = SelfProcess.Start(self, [Encoding.UTF8.GetBytes(HeldProcess.Word), Encoding.UTF8.GetBytes(path), .. command]);
        int status = SelfProcess.Wait(pid, WUNTRACED);
        if ((status & 0xFF) != 0x7F)
        {
            throw new CommandException(ExitStatus.Failed, $"cannot hold {path} before it starts: {self} ended with status {SelfProcess.Decode(status)}");
        }
        return new TracedCommand(pid);
    }

    /// <summary>Lets it begin.</summary>
    public void Continue()
    {
        _ = LibC.kill(Pid, SIGCONT);
        new Thread(() => _ended.SetResult(SelfProcess.Decode(SelfProcess.Wait(Pid, 0)))) { IsBackground = true, Name = "wait for the command" }.Start();
    }

    /// <summary>Hands a signal on that was meant for it.</summary>
    public void Forward(int number)
    {
        // What a key sends, the terminal has sent to both of us.
        bool fromKey = number is SIGINT or SIGQUIT && LibC.tcgetpgrp(Output.StandardError) == LibC.getpgrp();
        if (!fromKey)
        {
            _ = LibC.kill(Pid, number);
        }
    }

    /// <summary>Ends it before it has begun.</summary>
    public void Abandon()
    {
        _ = LibC.kill(Pid, SIGKILL);
        _ = SelfProcess.Wait(Pid, 0);
    }

    /// <summary>Its exit status; 128 + SIGTERM if somebody wants an end before it has ended: it then runs on.</summary>
    public int WaitForEnd(CancellationToken impatience)
    {
        try
        {
            return Ended.WaitAsync(impatience).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return ExitStatus.Signalled + SIGTERM;
        }
    }
}
