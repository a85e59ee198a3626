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

    /// <summary>A new image, with the identity that its labels name. The overflow series belongs to nobody that is known: to <c>other</c>.</summary>
    public ProcessImage Enter(Process process)
    {
        Identity identity = process.Key == default ? Other : Of(labels.Of(process));
        identity.Images++;
        return new ProcessImage(process, identity);
    }

    /// <summary>Ends the part of an image in one series.</summary>
    /// <returns>Whether the series left with it, counts and all.</returns>
    public bool Leave(ProcessImage image, Contribution contribution)
    {
        Series series = contribution.Series;
        if (--series.Members > 0 || image.Identity == _other)
        {
            return false;
        }
        image.Identity.Remove(series);
        return !series.Folded;
    }

    /// <summary>Ends an image.</summary>
    public void Leave(ProcessImage image)
    {
        if (--image.Identity.Images == 0 && image.Identity != _other)
        {
            _identities.Remove(image.Identity.Labels);
        }
    }

    /// <summary>
    /// The image anew, if the path of its executable has become known and is a label; else itself.
    /// Its counts go along, unless they stay on the page under the old labels.
    /// </summary>
    public ProcessImage Relabel(ProcessImage image, Process process)
    {
        if (!labels.HasExecutable || image.Executable == process.Executable || process.Key == default)
        {
            return image;
        }
        ProcessImage renamed = Enter(process);
        foreach (Contribution old in image.Contributions)
        {
            Series series = renamed.Identity.Find(old.Series.Mechanism, old.Series.Operation);
            series.Members++;
            renamed.Contributions.Add(new(series) { Last = old.Last, LastErrors = old.LastErrors, Update = old.Update });
            if (Leave(image, old))
            {
                series.Target.Total.Add(old.Last);
                series.Target.Errors.Add(old.LastErrors);
            }
        }
        Leave(image);
        return renamed;
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
