import type cytoscape from 'cytoscape';
import { useEffect, useRef, useState } from 'preact/hooks';
import { count, duration } from '../../format/units';
import { Loading } from '../../parts/States';
import { useThemeVersion } from '../../state/theme';
import type { Folded, MapEdge, MapNode } from './fold';
import { arranged } from './layout';
import { farFont, nameFew } from './names';
import { family, FONT, mapStyle, shapeOf, toneOf } from './style';

const LABELLED = 24; // edges: beyond it, only the selected one is labelled
const BIG = 150; // nodes: beyond it, a moving map is a picture
const MANY = 300; // edges: beyond it, they are straight lines without arrows, and not drawn while the map moves
const STILL = 250; // ms without a move: only then is the map changed

interface Props { graph: Folded; selected: readonly string[]; find: string; onSelect(id: string): void }

/** The map itself; the library is loaded when it is first looked at. */
export function Map_({ graph, selected, find, onSelect }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<cytoscape.Core | null>(null);
  const [around, setAround] = useState(0);
  const theme = useThemeVersion();
  const moved = useRef(0); // ms
  const arrangedNow = useRef(false);
  const select = useRef(onSelect);
  select.current = onSelect;

  useEffect(() => {
    let core: cytoscape.Core | null = null;
    let gone = false;
    const big = graph.nodes.size > BIG;
    void import('./library').then(({ create }) => {
      if (gone) return;
      core = create({ container: box.current, style: mapStyle(graph.edges.size > MANY, FONT), minZoom: 0.05, maxZoom: 4, wheelSensitivity: 0.3, boxSelectionEnabled: false, selectionType: 'single',
        textureOnViewport: big, hideEdgesOnViewport: graph.edges.size > MANY, pixelRatio: big ? 1 : ('auto' as never) });
      core.on('tap', event => select.current(event.target === core ? '' : String(event.target.id())));
      core.on('viewport', () => { moved.current = performance.now(); });
      setMap(core);
      (box.current as HTMLDivElement & { map?: cytoscape.Core }).map = core; // for the tests of frames a second
    });
    return () => { gone = true; core?.destroy(); };
  }, []);
  const many = graph.edges.size > MANY;
  const arrange = () => {
    if (!map) return;
    arranged(map, graph.nodes.size > BIG);
    const size = farFont(map);
    nameFew(map, size);
    setFont(size);
    arrangedNow.current = true;
  };
  const [font, setFont] = useState(FONT);
  useEffect(() => {
    map?.style(mapStyle(many, font));
    if (arrangedNow.current) map?.fit(undefined, 32); // with the names as large as they are now
    arrangedNow.current = false;
  }, [map, theme, many, font]);
  useEffect(() => {
    if (!map) return;
    let timer = 0;
    const change = () => {
      const wait = moved.current + STILL - performance.now();
      if (wait > 0) { timer = window.setTimeout(change, wait); return; }
      if (update(map, graph, new Set(selected))) arrange(); else nameFew(map, font);
      map.batch(() => mark(map, selected, find));
    };
    change();
    return () => clearTimeout(timer);
  }, [map, graph, selected.join('\n'), find]);
  useEffect(() => { if (map && around) arrange(); }, [around]);
  return <div class="map-box">
    <div class="map" ref={box} role="img" aria-label={`Map of ${graph.nodes.size} nodes and ${graph.edges.size} edges; the table beside its title has the same`} />
    {map ? <div class="map-tools"><button type="button" class="small" onClick={() => map.animate({ fit: { eles: map.elements(), padding: 32 }, duration: still() ? 0 : 200 })}>Fit</button>
      <button type="button" class="small" onClick={() => setAround(around + 1)}>Arrange anew</button></div> : <Loading lines={6} />}
  </div>;
}

const still = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Selects, and fades what has nothing to do with it; touches only what differs. */
function mark(map: cytoscape.Core, selected: readonly string[], find: string): void {
  const ids = new Set(selected);
  map.elements(':selected').forEach(one => { if (!ids.has(one.id())) one.unselect(); });
  for (const id of ids) map.getElementById(id).select();
  const word = find.toLowerCase();
  const chosen = word ? map.nodes().filter(node => String(node.data('label')).toLowerCase().includes(word)) : map.elements(':selected');
  const kept = chosen.closedNeighborhood().union(chosen.connectedNodes()).union(chosen.ancestors());
  map.elements().forEach(one => { const fade = !chosen.empty() && !kept.has(one); if (one.hasClass('faded') !== fade) one.toggleClass('faded', fade); });
}

/** A size that is drawn: it stays until it is clearly wrong, because whatever changes is drawn anew. */
const steady = (known: cytoscape.CollectionReturnValue, name: string, exact: number, step: number): number => {
  const old = known.empty() ? NaN : Number(known.data(name));
  return Math.abs(old - exact) < step ? old : Math.round(exact);
};

function nodeData(map: cytoscape.Core, node: MapNode, parents: Set<string>) {
  if (node.parent) parents.add(node.parent);
  const size = 16 + Math.min(28, Math.log10(1 + node.operations) * 5);
  return { id: node.id, label: node.label, shape: shapeOf(node.kind), size: steady(map.getElementById(node.id), 'size', size, 4), tone: toneOf(node.wait), ...(node.parent ? { parent: `place:${node.parent}` } : {}) };
}

const edgeData = (map: cytoscape.Core, edge: MapEdge, labelled: boolean) => ({
  id: edge.id, source: edge.source, target: edge.destination, family: family(edge.mechanism), tone: toneOf(edge.wait), certainty: edge.certainty,
  width: steady(map.getElementById(edge.id), 'width', 1 + Math.min(7, Math.log10(1 + edge.operations) * 1.2), 1), label: labelled ? `${edge.mechanism} ${count(edge.operations)}/s${edge.p99 ? ` · ${duration(edge.p99)}` : ''}` : '',
});

/** Changes only what differs. Whether these are the first nodes, which have no place yet; later ones stand beside whom they talk to. */
function update(map: cytoscape.Core, graph: Folded, selected: ReadonlySet<string>): boolean {
  const first = map.nodes().empty();
  const fresh: string[] = [];
  map.batch(() => {
    const parents = new Set<string>();
    const wanted = new Map([...graph.nodes.values()].map(node => [node.id, nodeData(map, node, parents)]));
    map.edges().forEach(edge => { if (!graph.edges.has(edge.id())) edge.remove(); });
    map.nodes().forEach(node => { if (!wanted.has(node.id()) && !parents.has(node.id().replace(/^place:/, ''))) node.remove(); });
    for (const parent of parents) if (map.getElementById(`place:${parent}`).empty()) map.add({ group: 'nodes', data: { id: `place:${parent}`, label: parent.slice(parent.indexOf('/') + 1) } });
    for (const [id, data] of wanted) if (set(map, data, 'nodes')) fresh.push(id);
    const labelled = graph.edges.size <= LABELLED;
    for (const edge of graph.edges.values()) {
      const text = labelled || selected.has(edge.id);
      set(map, edgeData(map, edge, text), 'edges');
      if (map.getElementById(edge.id).hasClass('labelled') !== text) map.getElementById(edge.id).toggleClass('labelled', text);
    }
  });
  if (!first) map.batch(() => { for (const id of fresh) settle(map, id); });
  return first;
}

function settle(map: cytoscape.Core, id: string): void {
  const node = map.getElementById(id);
  const near = node.neighborhood().nodes().filter(other => other.position('x') !== 0 || other.position('y') !== 0);
  const area = near.empty() ? map.nodes().boundingBox() : near.boundingBox();
  node.position({ x: near.empty() ? area.x1 + Math.random() * area.w : (area.x1 + area.x2) / 2 + (Math.random() - 0.5) * 160, y: near.empty() ? area.y2 + 60 : (area.y1 + area.y2) / 2 + (Math.random() < 0.5 ? -90 : 90) });
}

/** Whether it is new. */
function set(map: cytoscape.Core, data: Record<string, unknown> & { id: string }, group: 'nodes' | 'edges'): boolean {
  const known = map.getElementById(data.id);
  if (known.empty()) { map.add({ group, data } as cytoscape.ElementDefinition); return true; }
  for (const [key, value] of Object.entries(data)) if (key !== 'parent' && known.data(key) !== value) known.data(key, value);
  return false;
}
