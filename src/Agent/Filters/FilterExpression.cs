namespace Ipcscope.Filters;

/// <summary>A filter that was understood. It can be asked from any thread.</summary>
public abstract class FilterExpression
{
    /// <summary>Whether the filter lets the subject through. Allocates nothing itself.</summary>
    public abstract bool Matches(IFilterSubject subject);

    /// <summary>Every field that it reads, each as often as it is named.</summary>
    public abstract IEnumerable<FilterField> Fields { get; }

    /// <summary>The expression as text, which can be parsed again.</summary>
    public abstract override string ToString();

    /// <summary>An expression that is true exactly when this one is not.</summary>
    internal abstract FilterExpression Negate();
}
