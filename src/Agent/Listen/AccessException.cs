namespace Ipcscope.Listen;

/// <summary>A file that decides who may ask cannot be used. The message says which, why and what to do.</summary>
public sealed class AccessException(string message, Exception? cause = null) : Exception(message, cause);
