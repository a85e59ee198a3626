using System.Security.Cryptography;
using Ipcscope.Decode;
using Ipcscope.KernelTests.Programs.Strace;

namespace Ipcscope.KernelTests.Programs;

/// <summary>
/// <c>git clone</c> of a file:// address talks to git-upload-pack through pipes, and both have children of their own behind
/// further pipes. A clone that succeeds has read every answer to its end, and so have its children: on each pipe as much must
/// be read as was written.
/// </summary>
[Collection(nameof(ProgramCaptures))]
public sealed class GitTests(ProgramCaptures captures)
{
    private const int Files = 24;
    private const int FileSize = 100_000;

    [Fact]
    public void EachPipeGivesWhatItTook()
    {
        using Scene scene = new(captures);
        PrepareRepository(scene);
        scene.Run(Clone(scene));
        foreach (Sight sight in scene.Look())
        {
            ulong written = Sum(sight.Entries, Operation.Write);
            sight.Same("bytes written to pipes", written, "bytes read from pipes", Sum(sight.Entries, Operation.Read));
            // It goes through three: pack-objects → upload-pack → clone → index-pack.
            sight.AtLeast("bytes written to pipes", written, "three times the pack", 3 * PackSize(scene));
        }
        Entry[] channels = scene.Channels();
        foreach (IGrouping<ulong, Entry> pipe in Pipes(channels))
        {
            (ulong took, ulong gave) = (Sum(pipe, Operation.Write), Sum(pipe, Operation.Read));
            Assert.True(took == gave, $"pipe:[{pipe.Key}] took {took} bytes and gave {gave}:\n{string.Join('\n', pipe)}");
        }
        // index-pack gets the pack and nothing else.
        Assert.Contains(Pipes(channels), pipe => Sum(pipe, Operation.Read) == PackSize(scene));
    }

    [Fact]
    public void StraceSawTheSame()
    {
        using Scene scene = new(captures);
        PrepareRepository(scene);
        scene.Run(StraceLog.Command(scene.File("log"), Clone(scene)));
        StraceLog log = scene.AssertAsStraceSaw(scene.File("log"));
        Assert.True(Sum(log.Entries, Operation.Read) >= 3 * PackSize(scene), "strace did not see the pack go through the pipes");
    }

    // Random files: nothing to compress, so that the pack is as large as they are.
    private static void PrepareRepository(Scene scene)
    {
        scene.Run("git", "init", "-q", "source");
        for (int i = 0; i < Files; i++)
        {
            File.WriteAllBytes(scene.File($"source/file{i}"), RandomNumberGenerator.GetBytes(FileSize));
        }
        scene.Run("git", "-C", "source", "add", ".");
        scene.Run("git", "-C", "source", "-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "-q", "-m", "all");
    }

    private static string[] Clone(Scene scene) => ["git", "clone", "-q", $"file://{scene.File("source")}", "target"];

    private static ulong PackSize(Scene scene) =>
        (ulong)new FileInfo(Directory.GetFiles(scene.File("target/.git/objects/pack"), "*.pack").Single()).Length;

    private static IEnumerable<IGrouping<ulong, Entry>> Pipes(IEnumerable<Entry> channels) =>
        channels.Where(entry => entry.Mechanism == Mechanism.Pipe).GroupBy(entry => entry.Channel);

    private static ulong Sum(IEnumerable<Entry> entries, Operation operation) => Tally.Sum(entries
        .Where(entry => entry.Mechanism == Mechanism.Pipe && entry.Operation == operation)
        .Select(entry => entry.Tally)).Bytes;
}
