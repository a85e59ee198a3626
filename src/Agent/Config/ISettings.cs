namespace Ipcscope.Config;

/// <summary>The settings of a program: a record, of which a new one holds the defaults.</summary>
/// <typeparam name="TSelf">The record.</typeparam>
internal interface ISettings<TSelf>
    where TSelf : ISettings<TSelf>
{
    /// <summary>What the names of its environment variables begin with.</summary>
    static abstract string VariablePrefix { get; }

    /// <summary>All keys: what is not here is unknown.</summary>
    static abstract IReadOnlyList<Setting<TSelf>> All { get; }

    /// <summary>Finds the settings that cannot be together.</summary>
    static abstract IEnumerable<Contradiction> FindContradictions(TSelf options);
}
