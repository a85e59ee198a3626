namespace Ipcscope.Capture;

/// <summary>Programs that are of use only together: if the kernel refuses one, all of them are left out, and the rest goes on.</summary>
/// <param name="Name">As in <see cref="MissingPart.Name"/>.</param>
/// <param name="Without">What is not observed without it; empty: nothing is, so there is no capture without it.</param>
/// <param name="Programs">Their names, in the order in which to attach them.</param>
/// <param name="RunsWhenAsked">Whether they are only loaded, and run when the host asks.</param>
internal sealed record ProgramPart(string Name, string Without, IReadOnlyList<string> Programs, bool RunsWhenAsked = false)
{
    /// <summary>Whether there is no capture without it.</summary>
    internal bool IsEssential => Without.Length == 0;
}
