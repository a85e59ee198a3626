import { useMemo } from 'preact/hooks';
import { bytesRate, duration, exact, plural, rate, share } from '../../format/units';
import { Figure } from '../../parts/Figure';
import { Mechanism } from '../../parts/Mark';
import { Empty, Loading } from '../../parts/States';
import type { Column } from '../../parts/Table';
import { change, href, useRoute } from '../../state/route';
import { useStore } from '../../state/store';
import { fold, narrowed, type Folded, type Group, type MapEdge } from './fold';
import { Map_ } from './Map';
import { Panel } from './Panel';
import { selection } from './selection';

const FOLDED = 500; // processes: beyond it, they are folded by name unless asked for
const LIMIT = 2_000; // nodes that are drawn, the busiest
const GROUPS: readonly (readonly [Group, string])[] = [['process', 'Processes'], ['name', 'Names'], ['container', 'Containers'], ['pod', 'Pods']];

export function Topology() {
  const store = useStore();
  const { model } = store;
  const { query } = useRoute();
  const agent = query.get('agent');
  const nodes = store.nodes(agent);
  const asked = query.get('group') as Group | null;
  const group: Group = asked ?? (nodes.length > FOLDED ? 'name' : 'process');
  const [hide, find, idle] = [query.get('hide') ?? '', query.get('find') ?? '', query.get('idle') === 'hide'];
  const graph = useMemo(() => narrowed(fold(nodes, store.edges(agent), group, LIMIT), hide, idle), [model.time, agent, group, hide, idle, nodes.length]);
  if (!store.ready) return <Loading lines={14} />;
  const selected = query.get('selected') ?? '';
  const chosen = selection(graph, selected);
  return <div class={`split map-split ${chosen.length ? 'open' : ''}`}>
    <Figure id="map" class="fill" title="Who talks to whom" note={`${plural(graph.nodes.size, 'node')}, ${plural(graph.edges.size, 'edge')}${graph.hidden ? `; ${exact(graph.hidden)} less busy edges are left out` : ''}${graph.left ? `; ${exact(graph.left)} less busy nodes are left out` : nodes.length > FOLDED && !asked ? `; ${exact(nodes.length)} processes folded by name` : ''}`}
      promql="sum by (mechanism, source_process, destination_process) (rate(ipc_edge_operations_total[1m]))" table={{ columns: columnsOf(graph), items: () => [...graph.edges.values()].sort((a, b) => b.operations - a.operations), key: edge => edge.id, height: 640 }}
      controls={<><div class="segments" role="group" aria-label="Grouped by">{GROUPS.map(([value, text]) => <button key={value} type="button" aria-pressed={group === value} onClick={() => change({ group: value, selected: '' })}>{text}</button>)}</div>
        <label class="field"><span class="hidden">Find</span><input class="short" type="search" placeholder="Find" value={find} onInput={event => change({ find: event.currentTarget.value }, true)} /></label>
        <label class="field"><span class="hidden">Hide</span><input class="short" type="search" placeholder="Hide" value={hide} onInput={event => change({ hide: event.currentTarget.value }, true)} /></label>
        <label class="field tick"><input type="checkbox" checked={idle} onChange={event => change({ idle: event.currentTarget.checked ? 'hide' : '' })} />hide idle</label></>}>
      {graph.nodes.size === 0 ? <Empty title={hide || find || idle || query.get('filter') ? 'Nothing of it matches' : 'Nobody talks yet'}><a href={href('/topology', { filter: '' })}>Show all</a></Empty>
        : <><Map_ graph={graph} selected={chosen} find={find} onSelect={id => change({ selected: id ? `on:${id}` : '' })} />
          <p class="map-legend"><span><i class="swatch calm" />colour of the mechanism: little waiting</span><span><i class="swatch warm" />waits 10 % of the time</span><span><i class="swatch hot" />waits half of it</span><span>width: rate · dashed: a hint · diamond: remote</span></p></>}
    </Figure>
    {chosen.length ? <Panel graph={graph} chosen={chosen} /> : null}
  </div>;
}

function columnsOf(graph: Folded): Column<MapEdge>[] {
  const label = (id: string) => graph.nodes.get(id)?.label ?? id;
  return [
    { id: 'source', title: 'From', width: 'minmax(7rem, 1.4fr)', cell: edge => <span title={label(edge.source)}>{label(edge.source)}</span>, value: edge => label(edge.source) },
    { id: 'destination', title: 'To', width: 'minmax(7rem, 1.4fr)', cell: edge => <span title={label(edge.destination)}>{label(edge.destination)}</span>, value: edge => label(edge.destination) },
    { id: 'mechanism', title: 'Mechanism', width: '7rem', least: 480, cell: edge => <Mechanism name={edge.mechanism} />, value: edge => edge.mechanism },
    { id: 'operations', title: 'Ops/s', field: 'operations_per_second', width: '5rem', number: true, cell: edge => rate(edge.operations), value: edge => edge.operations },
    { id: 'bytes', title: 'Bytes/s', field: 'bytes_per_second', width: '6rem', number: true, least: 420, cell: edge => bytesRate(edge.bytes), value: edge => edge.bytes },
    { id: 'p99', title: 'In queue p99', field: 'delivery_p99_seconds', width: '6rem', number: true, least: 620, cell: edge => duration(edge.p99), value: edge => edge.p99 },
    { id: 'wait', title: 'Waits', field: 'wait_share', width: '5rem', number: true, least: 560, cell: edge => <span class={edge.wait >= 0.1 ? 'tone-warning' : ''}>{share(edge.wait)}</span>, value: edge => edge.wait },
    { id: 'certainty', title: 'Known', width: '6rem', least: 760, cell: edge => <span class={`certainty ${edge.certainty}`}>{edge.certainty}</span>, value: edge => edge.certainty },
  ];
}
