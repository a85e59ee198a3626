namespace Ipcscope.Export.Otlp;

/// <summary>A request did not arrive.</summary>
/// <param name="cause">Why.</param>
/// <param name="message">In words.</param>
/// <param name="after">When to try again, as the receiver asks; zero: it does not say.</param>
/// <param name="mayPass">Whether it is worth to try again.</param>
internal sealed class OtlpException(OtlpCause cause, string message, TimeSpan after, bool mayPass) : Exception(message)
{
    /// <summary>Why.</summary>
    public OtlpCause Cause => cause;

    /// <summary>When to try again.</summary>
    public TimeSpan After => after;

    /// <summary>Whether it is worth to try again.</summary>
    public bool MayPass => mayPass;
}
