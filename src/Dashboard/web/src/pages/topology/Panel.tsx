import { bytesRate, duration, rate, share } from '../../format/units';
import { Icon } from '../../parts/Icon';
import { Mechanism } from '../../parts/Mark';
import { change, channelHref, processHref } from '../../state/route';
import { full, store } from '../../state/store';
import type { Folded, MapEdge, MapNode } from './fold';

const SHOWN = 20;

/** What is selected on the map, with the ways further down. */
export function Panel({ graph, chosen }: { graph: Folded; chosen: readonly string[] }) {
  const node = graph.nodes.get(chosen[0] as string);
  const edges = chosen.flatMap(id => graph.edges.get(id) ?? []);
  return <aside class="panel detail-panel" aria-label="Selected"><header class="panel-head"><h2 class="hostile">{node ? node.label : edges.length === 1 ? 'One edge' : `${edges.length} edges`}</h2><span class="grow" />
    <button type="button" class="quiet" aria-label="Close" onClick={() => change({ selected: '' })}><Icon name="close" /></button></header>
    <div class="prose">{node ? <OfNode graph={graph} node={node} /> : edges.map(edge => <OfEdge key={edge.id} graph={graph} edge={edge} />)}</div></aside>;
}

function OfNode({ graph, node }: { graph: Folded; node: MapNode }) {
  const edges = [...graph.edges.values()].filter(edge => edge.source === node.id || edge.destination === node.id).sort((a, b) => b.operations - a.operations);
  const known = node.members.filter(member => member.process_id);
  return <><dl class="facts"><dt>Kind</dt><dd>{node.kind}</dd><dt>Operations</dt><dd>{rate(node.operations)}/s</dd><dt>Waits at most</dt><dd>{share(node.wait)}</dd><dt>Agent</dt><dd>{node.members[0]?.agent}</dd></dl>
    {known.length ? <><h3>{known.length === 1 ? 'Process' : `${known.length} processes`}</h3><ul class="links">{known.slice(0, SHOWN).map(member => <li key={member.id}><a href={processHref(full(member.agent, member.process_id as string))}>{member.name}[{member.pid}]</a></li>)}</ul></> : null}
    <h3>Talks with</h3><ul class="links">{edges.slice(0, SHOWN).map(edge => { const out = edge.source === node.id; const other = graph.nodes.get(out ? edge.destination : edge.source);
      return <li key={edge.id}><button type="button" class="link" onClick={() => change({ selected: `on:${edge.id}` })}>{out ? '→' : '←'} {other?.label}</button><span class="note">{edge.mechanism} · {rate(edge.operations)}/s</span></li>; })}</ul></>;
}

function OfEdge({ graph, edge }: { graph: Folded; edge: MapEdge }) {
  const ids = [...new Set(edge.members.flatMap(member => (member.channel_ids ?? []).map(id => full(member.agent, id))))];
  return <><p class="edge-ends"><button type="button" class="link" onClick={() => change({ selected: `on:${edge.source}` })}>{graph.nodes.get(edge.source)?.label}</button> → <button type="button" class="link" onClick={() => change({ selected: `on:${edge.destination}` })}>{graph.nodes.get(edge.destination)?.label}</button></p>
    <dl class="facts"><dt>Mechanism</dt><dd><Mechanism name={edge.mechanism} /></dd><dt>Operations</dt><dd>{rate(edge.operations)}/s</dd><dt>Bytes</dt><dd>{bytesRate(edge.bytes)}</dd><dt>In queue p99</dt><dd>{duration(edge.p99)}</dd><dt>Waits</dt><dd>{share(edge.wait)}</dd><dt>Known</dt><dd>{edge.certainty}</dd></dl>
    <h3>{ids.length === 1 ? 'Channel' : 'Channels'}</h3><ul class="links">{ids.slice(0, SHOWN).map(id => <li key={id}><a href={channelHref(id)}>{store.model.channels.get(id)?.channel || id}</a></li>)}</ul></>;
}
