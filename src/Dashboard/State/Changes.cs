namespace Ipcscope.Dashboard.State;

/// <summary>The ids of one kind that viewers have not been told of yet.</summary>
internal sealed class Changes
{
    /// <summary>New or different.</summary>
    public HashSet<string> Set { get; } = [];

    /// <summary>Not there any more.</summary>
    public HashSet<string> Gone { get; } = [];

    /// <summary>It is new or different.</summary>
    public void OnSet(string id)
    {
        Gone.Remove(id);
        Set.Add(id);
    }

    /// <summary>It is gone.</summary>
    public void OnGone(string id)
    {
        Set.Remove(id);
        Gone.Add(id);
    }

    /// <summary>They have been told.</summary>
    public void Clear()
    {
        Set.Clear();
        Gone.Clear();
    }
}
