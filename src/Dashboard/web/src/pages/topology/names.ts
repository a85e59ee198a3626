import type cytoscape from 'cytoscape';
import { FONT } from './style';

const FAR = 60; // units of the map: the largest name
const MOST = 150; // names that are read from afar
const [WIDE, TALL] = [0.58, 1.5]; // of a letter, of a line, to the size of the font

/** The size, in units of the map, with which names can be read when all of the map is in sight. */
export const farFont = (map: cytoscape.Core): number => Math.min(FAR, Math.round(FONT / Math.min(1, map.zoom())));

/** Whose names are read from afar: those who wait, then the busiest, as long as no name lies on another. The others can be read from near. */
export function nameFew(map: cytoscape.Core, font: number): void {
  const rank = (node: cytoscape.NodeSingular): number => (node.data('tone') === 'calm' ? 0 : 100) + Number(node.data('size'));
  const order = map.nodes(':childless').toArray().map(node => ({ node, rank: rank(node) })).sort((a, b) => b.rank - a.rank);
  const taken: { x: number; y: number; half: number }[] = [];
  map.batch(() => {
    for (const { node } of order) {
      const { x, y: middle } = node.position();
      const y = middle + Number(node.data('size')) / 2;
      const half = Math.min(13, String(node.data('label')).length * WIDE) * font / 2;
      const free = taken.length < MOST && taken.every(other => Math.abs(other.y - y) > TALL * font || Math.abs(other.x - x) > other.half + half);
      if (free) taken.push({ x, y, half });
      if (node.hasClass('named') !== free) node.toggleClass('named', free);
    }
  });
}
