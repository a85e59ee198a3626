import type { Folded } from './fold';

/** What of the map the address means: `on:ID` as clicked, `process:ID` and `channel:ID` from other pages. */
export function selection(graph: Folded, text: string): string[] {
  const cut = text.indexOf(':');
  const [kind, id] = [text.slice(0, cut), text.slice(cut + 1)];
  if (kind === 'on') return graph.nodes.has(id) || graph.edges.has(id) ? [id] : [];
  const bare = id.slice(id.indexOf('/') + 1);
  if (kind === 'process') return [...graph.nodes.values()].filter(node => node.members.some(member => member.process_id === id || member.process_id === bare && id.startsWith(`${member.agent}/`))).map(node => node.id);
  if (kind === 'channel') return [...graph.edges.values()].filter(edge => edge.members.some(member => member.channel_ids?.some(one => one === id || one === bare && id.startsWith(`${member.agent}/`)))).map(edge => edge.id);
  return [];
}
