namespace Ipcscope.Config;

/// <summary>Whether the API server is asked for names.</summary>
public enum ApiUse
{
    /// <summary>If this is a pod with a service account's token, and no <see cref="KubernetesOptions.CriSocket"/> is named.</summary>
    Auto,
    /// <summary>Yes.</summary>
    On,
    /// <summary>No.</summary>
    Off,
}

/// <summary>Where the names of containers and pods come from.</summary>
public sealed record KubernetesOptions
{
    /// <summary>Whether the API server is asked.</summary>
    public ApiUse Enabled { get; init; }

    /// <summary>The name of this node; empty: the machine's host name.</summary>
    public string NodeName { get; init; } = "";

    /// <summary>The container runtime's socket; empty: it is not asked.</summary>
    public string CriSocket { get; init; } = "";

    /// <summary>What this machine is called.</summary>
    internal string Node => NodeName.Length > 0 ? NodeName : Environment.MachineName;
}
