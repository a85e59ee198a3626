namespace Ipcscope.Export.Otlp;

/// <summary>Why data points did not arrive.</summary>
internal enum OtlpCause
{
    /// <summary>Nobody answers at the address.</summary>
    Unreachable,
    /// <summary>No answer in time.</summary>
    Timeout,
    /// <summary>The receiver is overloaded, and says so.</summary>
    Busy,
    /// <summary>The receiver does not want the request.</summary>
    Refused,
    /// <summary>The receiver has taken a part of the request, and not these.</summary>
    Rejected,
    /// <summary>What went before took too long: a later reading has come.</summary>
    Late,
}
