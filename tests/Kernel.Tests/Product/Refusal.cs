namespace Ipcscope.KernelTests.Product;

/// <summary>What users read when something cannot be done.</summary>
internal static class Refusal
{
    /// <summary>Fails unless it said nothing but one line of its own that has these words, and left nothing in the kernel.</summary>
    internal static void AssertOneLine(Outcome outcome, params ReadOnlySpan<string> words)
    {
        Assert.Equal("", outcome.Output);
        // What shows that it is at work is no part of the answer.
        string line = Assert.Single(outcome.ErrorLines, line => !line.EndsWith('…'));
        Assert.StartsWith("ipcscope: ", line, StringComparison.Ordinal);
        foreach (string word in words)
        {
            Assert.Contains(word, line, StringComparison.Ordinal);
        }
        AssertNoDefect(outcome);
        Attached.AssertNoneLeft();
    }

    /// <summary>Fails if it spoke as a program that has broken down.</summary>
    internal static void AssertNoDefect(Outcome outcome)
    {
        foreach (string sign in (string[])["   at ", "defect", "Exception", "Unhandled"])
        {
            Assert.DoesNotContain(sign, outcome.Error, StringComparison.Ordinal);
        }
    }
}
