using Ipcscope.Decode;
using Ipcscope.Enrich;

namespace Ipcscope.Api;

/// <summary>A node.</summary>
/// <param name="Id">What it is called in addresses.</param>
/// <param name="Kind"><c>process</c>, <c>kernel</c>, <c>remote</c>, <c>unknown</c>, <c>other</c>, or what nodes are grouped by.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Process">Which process it is; null: not one.</param>
/// <param name="Place">Where that runs.</param>
internal sealed record ViewNode(string Id, string Kind, string Name, ProcessKey? Process, Place Place);
