import type { GraphEdge, GraphNode } from '../../api/types';

export type Group = 'process' | 'name' | 'container' | 'pod';

export interface MapNode { id: string; label: string; kind: string; parent: string; members: GraphNode[]; operations: number; wait: number }

export interface MapEdge {
  id: string; source: string; destination: string; mechanism: string; operations: number; bytes: number;
  p99: number | null; wait: number; certainty: string; members: GraphEdge[];
}

export interface Folded { nodes: Map<string, MapNode>; edges: Map<string, MapEdge>; left: number; hidden: number }

const EDGES = 4_000; // beyond it, the busiest are drawn

const place = (node: GraphNode): string => node.pod ? `${node.namespace ? `${node.namespace}/` : ''}${node.pod}` : node.container ?? '';

/** By which name a node stands on the map. Kernel and remote ends are what they are. */
function keyOf(node: GraphNode, group: Group): { id: string; label: string } {
  if (group === 'process' || node.kind !== 'process') return { id: node.id, label: node.pid ? `${node.name}[${node.pid}]` : node.name };
  const name = group === 'pod' ? place(node) : group === 'container' ? node.container ?? '' : node.name;
  return name ? { id: `${group}:${node.agent}/${name}`, label: name } : { id: `name:${node.agent}/${node.name}`, label: node.name };
}

/** Processes put together, and the edges between them; beyond `limit` nodes, the busiest stay and `left` are counted. */
export function fold(nodes: Iterable<GraphNode>, edges: Iterable<GraphEdge>, group: Group, limit: number): Folded {
  const [out, links, at] = [new Map<string, MapNode>(), new Map<string, MapEdge>(), new Map<string, string>()];
  for (const node of nodes) {
    const { id, label } = keyOf(node, group);
    at.set(node.id, id);
    const known = out.get(id);
    if (known) known.members.push(node);
    else out.set(id, { id, label, kind: node.kind, parent: group === 'process' && node.kind === 'process' ? place(node) && `${node.agent}/${place(node)}` : '', members: [node], operations: 0, wait: 0 });
  }
  for (const node of out.values()) if (node.members.length > 1) node.label += ` ×${node.members.length}`;
  for (const edge of edges) {
    const [source, destination] = [at.get(edge.source), at.get(edge.destination)];
    if (source === undefined || destination === undefined) continue;
    add(links, edge, source, destination);
    for (const id of new Set([source, destination])) {
      const node = out.get(id) as MapNode;
      node.operations += edge.operations_per_second;
      node.wait = Math.max(node.wait, edge.wait_share ?? 0);
    }
  }
  return cut(out, links, limit);
}

function add(links: Map<string, MapEdge>, edge: GraphEdge, source: string, destination: string): void {
  const id = `${source}>${destination}>${edge.mechanism}`;
  const known = links.get(id);
  if (!known) {
    links.set(id, { id, source, destination, mechanism: edge.mechanism, operations: edge.operations_per_second, bytes: edge.bytes_per_second,
      p99: edge.delivery_p99_seconds ?? null, wait: edge.wait_share ?? 0, certainty: edge.certainty, members: [edge] });
    return;
  }
  known.members.push(edge);
  known.operations += edge.operations_per_second;
  known.bytes += edge.bytes_per_second;
  known.wait = Math.max(known.wait, edge.wait_share ?? 0);
  if (edge.delivery_p99_seconds) known.p99 = Math.max(known.p99 ?? 0, edge.delivery_p99_seconds);
  if (edge.certainty === 'hint') known.certainty = 'hint';
}

function cut(nodes: Map<string, MapNode>, edges: Map<string, MapEdge>, limit: number): Folded {
  if (nodes.size <= limit) return { nodes, ...busiest(edges), left: 0 };
  const kept = [...nodes.values()].sort((a, b) => b.operations - a.operations).slice(0, limit);
  const ids = new Set(kept.map(node => node.id));
  return { nodes: new Map(kept.map(node => [node.id, node])), ...busiest(new Map([...edges].filter(([, edge]) => ids.has(edge.source) && ids.has(edge.destination)))), left: nodes.size - limit };
}

function busiest(edges: Map<string, MapEdge>): { edges: Map<string, MapEdge>; hidden: number } {
  if (edges.size <= EDGES) return { edges, hidden: 0 };
  const kept = [...edges.values()].sort((a, b) => b.operations - a.operations).slice(0, EDGES);
  return { edges: new Map(kept.map(edge => [edge.id, edge])), hidden: edges.size - EDGES };
}

/** What is found, and what is hidden, by words in the names. */
export function narrowed(graph: Folded, hide: string, idle: boolean): Folded {
  const words = hide.toLowerCase().split(/[\s,]+/).filter(Boolean);
  if (!words.length && !idle) return graph;
  const nodes = new Map([...graph.nodes].filter(([, node]) => !words.some(word => node.label.toLowerCase().includes(word)) && !(idle && node.operations < 0.05)));
  const edges = new Map([...graph.edges].filter(([, edge]) => nodes.has(edge.source) && nodes.has(edge.destination) && !(idle && edge.operations < 0.05)));
  return { nodes, edges, left: graph.left, hidden: graph.hidden };
}
