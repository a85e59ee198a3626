using Ipcscope.Flows;

namespace Ipcscope.Export;

/// <summary>The identities that have a process image, and <c>other</c>, which never leaves.</summary>
internal sealed class IdentityTable(IdentityLabels labels)
{
    private readonly Dictionary<string, Identity> _identities = new(StringComparer.Ordinal);
    private Identity? _other;

    /// <summary>All of them, folded ones included.</summary>
    public IReadOnlyCollection<Identity> All => _identities.Values;

    /// <summary>What is folded. A process that has the same labels is part of it from then on.</summary>
    public Identity Other => _other ??= Of(labels.Other);

    /// <summary>Whether what has these labels is part of <see cref="Other"/>.</summary>
    public bool IsFolded(string text) => _identities.TryGetValue(text, out Identity? identity) && identity.Folded;

    /// <summary>A new image, with the identity that its labels name. The overflow series belongs to nobody that is known: to <c>other</c>.</summary>
    public ProcessImage Enter(Process process)
    {
        Identity identity = process.Key == default ? Other : Of(labels.Of(process));
        identity.Join(process);
        return new ProcessImage(process, identity);
    }

    /// <summary>Ends the part of an image in one series; the series leaves with its last part.</summary>
    public void Leave(ProcessImage image, Contribution contribution)
    {
        if (--contribution.Series.Members == 0 && image.Identity != _other)
        {
            image.Identity.Remove(contribution.Series);
        }
    }

    /// <summary>Ends the part of an image that has another identity now.</summary>
    public static void Leave(Identity old, Contribution contribution)
    {
        if (--contribution.Series.Members == 0)
        {
            old.Remove(contribution.Series);
        }
    }

    /// <summary>Gives an image the identity that its labels name by now. Its series follow one by one.</summary>
    /// <returns>The new identity.</returns>
    public Identity Rename(ProcessImage image)
    {
        Leave(image);
        image.Identity = Of(labels.Of(image.Process));
        image.Identity.Join(image.Process);
        return image.Identity;
    }

    /// <summary>Ends an image.</summary>
    public void Leave(ProcessImage image)
    {
        if (image.Identity.Leave() == 0 && image.Identity != _other)
        {
            _identities.Remove(image.Identity.Labels);
        }
    }

    private Identity Of(string text)
    {
        if (!_identities.TryGetValue(text, out Identity? identity))
        {
            identity = new Identity(text);
            _identities.Add(text, identity);
        }
        return identity;
    }
}
