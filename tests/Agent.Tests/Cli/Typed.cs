using System.IO.Pipes;
using System.Text;
using Ipcscope.Capture;
using Ipcscope.Cli;

namespace Ipcscope.Tests.Cli;

/// <summary>A command line that is carried out with fakes behind it.</summary>
internal sealed record Typed(int Status, string Output, string Error)
{
    public string[] OutputLines => Lines(Output);

    public string[] ErrorLines => Lines(Error);

    public static Typed Run(params string[] arguments) => Run(new Seams(), arguments);

    public static Typed Run(Func<CaptureOptions, ICapture> capture, params string[] arguments) => Run(new Seams { StartCapture = capture, OpenEnds = () => new FakeEnds([]) }, arguments);

    /// <summary>Carries out a command line; its standard output is a pipe that is read all the time.</summary>
    public static Typed Run(Seams seams, params string[] arguments)
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using var reader = new StreamReader(pipe, Encoding.UTF8);
        Task<string> output = reader.ReadToEndAsync();
        using var error = new StringWriter();
        int status = CommandLine.Run(arguments, seams with { Out = new Output((int)pipe.ClientSafePipeHandle.DangerousGetHandle()), Error = TextWriter.Synchronized(error) });
        pipe.DisposeLocalCopyOfClientHandle();
        return new Typed(status, output.GetAwaiter().GetResult(), error.ToString());
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
