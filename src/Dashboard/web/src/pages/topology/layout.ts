import type cytoscape from 'cytoscape';

const FEW = 120; // nodes: up to it, they are placed closely
const MANY = 400; // nodes: beyond it, they are placed roughly
const CROWD = 12; // nodes that talk to one other only: from so many on, they stand around it
const [GAP, GOLDEN] = [26, Math.PI * (3 - Math.sqrt(5))]; // units of the map; the angle by which seeds of a sunflower do not cover each other

/** Places all nodes anew and shows them all. Crowds around one node are not computed: they would stand on one spot, and take seconds. */
export function arranged(map: cytoscape.Core, big: boolean): void {
  const crowds = crowdsOf(map);
  const apart = new Set([...crowds.values()].flat().map(node => node.id()));
  const core = map.elements().filter(one => one.isNode() ? !apart.has(one.id()) : !apart.has(one.source().id()) && !apart.has(one.target().id()));
  const nodes = core.nodes().length;
  core.layout({ name: 'fcose', animate: false, randomize: true, fit: false, quality: nodes > MANY ? 'draft' : 'default', numIter: big ? 600 : 2_500, nodeSeparation: 110, idealEdgeLength: nodes < FEW ? 100 : 130,
    nodeRepulsion: nodes < FEW ? 6_000 : 9_000, gravityCompound: 0.6, packComponents: true, tile: true, nodeDimensionsIncludeLabels: !big } as cytoscape.LayoutOptions).run();
  map.batch(() => { for (const [id, around] of crowds) stand(map.getElementById(id) as unknown as cytoscape.NodeSingular, around, core); });
  map.fit(undefined, 32);
}

/** Those who talk to one other only, where they are many: by whom they talk to. */
function crowdsOf(map: cytoscape.Core): Map<string, cytoscape.NodeSingular[]> {
  const crowds = new Map<string, cytoscape.NodeSingular[]>();
  map.nodes(':childless').forEach(node => {
    const near = node.neighborhood().nodes();
    if (near.length !== 1 || node.isChild()) return;
    const hub = near[0]!.id();
    crowds.set(hub, [...crowds.get(hub) ?? [], node]);
  });
  for (const [id, around] of crowds) if (around.length < CROWD) crowds.delete(id);
  return crowds;
}

/** As seeds of a sunflower around it; what stood there moves outwards. */
function stand(hub: cytoscape.NodeSingular, around: readonly cytoscape.NodeSingular[], core: cytoscape.CollectionReturnValue): void {
  const { x, y } = hub.position();
  const radius = GAP * Math.sqrt(around.length + 4) + GAP;
  core.nodes(':childless').forEach(node => {
    const at = node.position();
    const [right, down] = [at.x - x, at.y - y];
    const far = Math.hypot(right, down);
    if (far > 0) node.position({ x: at.x + (right / far) * radius, y: at.y + (down / far) * radius });
  });
  const centre = hub.position();
  around.forEach((node, index) => { const far = GAP * Math.sqrt(index + 4); node.position({ x: centre.x + far * Math.cos(index * GOLDEN), y: centre.y + far * Math.sin(index * GOLDEN) }); });
}
